// The simulator as a person starts it: the real program, the line that it prints, and the real SDK.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { CloudTrailClient, LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { afterEach, expect, test } from 'vitest';
import { madeUpRecords } from '../helpers/cloudtrail-server/records.ts';
import { startTerminal } from '../helpers/terminal.ts';
import { parseFault } from './simulator/fault-names.ts';

const SIMULATOR = fileURLToPath(new URL('simulator.ts', import.meta.url));

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

type Running = { readonly url: string; readonly text: string; readonly variables: ReadonlyMap<string, string> };

/** Resolves when the line to paste is there. */
function startSimulator(...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [SIMULATOR, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  ended.push(() => child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (bytes) => {
      text += bytes;
      const line = /^AWS_CONFIG_FILE=.*npm start.*\n/m.exec(text)?.[0];
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (line === undefined || url === undefined) return;
      const variables = new Map([...line.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));
      resolve({ url, text, variables });
    });
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${text}`)));
  });
}

function lookUp({ url, variables }: Running, profile: string, region: string, input: LookupEventsCommandInput = {}) {
  const file = readFileSync(variables.get('AWS_SHARED_CREDENTIALS_FILE') ?? '', 'utf8');
  const accessKeyId = new RegExp(`\\[${profile}\\]\\naws_access_key_id = (\\w+)`).exec(file)?.[1] ?? '';
  const credentials = { accessKeyId, secretAccessKey: 'not-a-secret' };
  const client = new CloudTrailClient({ endpoint: url, region, credentials, maxAttempts: 1 });
  ended.push(() => client.destroy());
  return client.send(new LookupEventsCommand(input));
}

test('serves the sample, its newest events of the last minutes, to the profiles it prints', async () => {
  const running = await startSimulator('--events', '3000', '--rate', '100', '--latency', '0');
  const { Events = [], NextToken } = await lookUp(running, 'prod', 'eu-west-1');
  expect(Events).toHaveLength(50);
  expect(NextToken).toBeDefined();
  const isRecent = ({ EventTime }: (typeof Events)[number]) => Number(EventTime) > Date.now() - 15 * 60_000;
  expect(Events.filter(isRecent).length).toBeGreaterThan(20);
  expect(Events.filter(isRecent).length).toBeLessThan(45);
  await expect(lookUp(running, 'dev', 'us-west-2')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(lookUp(running, 'revoked', 'eu-west-1')).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  const config = readFileSync(running.variables.get('AWS_CONFIG_FILE') ?? '', 'utf8');
  expect(config).toContain(`[profile prod]\nregion = eu-west-1\nendpoint_url = ${running.url}\n`);
  const folder = dirname(running.variables.get('AWS_CONFIG_FILE') ?? '');
  expect(running.variables.get('XDG_CACHE_HOME')).toBe(join(folder, 'cache'));
  expect(running.variables.get('XDG_CONFIG_HOME')).toBe(join(folder, 'settings'));
  const insights = await lookUp(running, 'prod', 'eu-west-1', { EventCategory: 'insight' });
  const names = (insights.Events ?? []).map(
    ({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent).insightDetails.state,
  );
  expect(names).toEqual(['End', 'Start']);
  expect(config).toMatch(/\[profile admin\]\n(.+\n)*mfa_serial = arn:aws:iam::111122223333:mfa\/phone\n/);
});

test('keys: what t began, h ends', async () => {
  const args = ['--events', '100', '--no-live'];
  const terminal = startTerminal({ bin: SIMULATOR, args });
  ended.push(() => terminal.dispose());
  await terminal.until('Keys: f fail');
  const taken = 'somebody else uses half of every quota';
  for (const [key, said] of [
    ['t', taken],
    ['h', 'all is well again'],
  ] as const) {
    terminal.press(key);
    await terminal.until(said);
  }
  terminal.press('t');
  await terminal.until(new RegExp(`${taken}[^]*${taken}`));
  terminal.press('q');
  expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
});

test('serves files, moved to now', async () => {
  const folder = join(tmpdir(), 'logs');
  mkdirSync(folder, { recursive: true });
  const records = [...madeUpRecords({ count: 60, newest: Date.parse('2020-01-01') })];
  writeFileSync(join(folder, 'a.json.gz'), gzipSync(`{"Records":[${records.slice(0, 30).join(',')}]}`));
  writeFileSync(join(folder, 'b.ndjson'), records.slice(30).join('\n'));
  writeFileSync(join(folder, 'readme.txt'), 'nothing\n');
  const running = await startSimulator(folder, '--no-live', '--rate', '100', '--fail', 'empty-page,after=1');
  expect(running.text).toContain('us-east-1 60');
  expect(running.text).toContain('no records in 1 of the files');
  const { Events = [] } = await lookUp(running, 'prod', 'us-east-1');
  expect(Events[0]?.EventId).toBe('e0000000');
  expect(Date.now() - Number(Events[0]?.EventTime)).toBeLessThan(20_000);
  expect((await lookUp(running, 'prod', 'us-east-1')).Events).toEqual([]);
});

test('a fault on the command line is a kind and what it is limited to', () => {
  expect(parseFault('every=7')).toEqual({ every: 7, fault: { kind: 'error', name: 'InternalFailure', status: 500 } });
  expect(parseFault('html,times=2,region=us-east-1')).toEqual({
    times: 2,
    region: 'us-east-1',
    fault: { kind: 'html', status: 503 },
  });
  expect(() => parseFault('toString')).toThrow('no such fault: toString; there are');
  expect(() => parseFault('every=x')).toThrow('whole number');
  expect(() => parseFault('colour=red')).toThrow('not colour=');
});
