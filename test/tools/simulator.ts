// `npm run simulator`: the tests' CloudTrail server, to try trailx's live mode by hand without an account.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generateSample } from '../../src/sources/sample/generate-sample.ts';
import { accountOf } from '../helpers/cloudtrail-server/event-shelf.ts';
import { type CloudTrailServer, startCloudTrailServer } from '../helpers/cloudtrail-server/server.ts';
import { parseFault } from './simulator/fault-names.ts';
import { todaysInsights } from './simulator/insights.ts';
import { startLive } from './simulator/live.ts';
import { HELP, parseOptions, type SimulatorOptions } from './simulator/options.ts';
import { namedAccounts, type ProfileFiles, writeProfiles } from './simulator/profiles.ts';
import { type LogRecord, moveTo, readLogs } from './simulator/read-logs.ts';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const options = readOptions();
const records = readRecords();
const accounts = namedAccounts(idsOf(records), homeRegion);
const server = await startCloudTrailServer({
  port: options.port,
  accounts: accounts.map(({ setup }) => setup),
  requestsPerSecond: options.requestsPerSecond,
  latencyMs: options.latencyMs,
}).catch(giveUp);
server.add(null, null, records);
if (options.files.length === 0) server.add(null, null, todaysInsights(records, accounts, Date.now()));
for (const rule of options.rules) server.fail(rule);
const stopLive = options.isLive ? startLive(server, records) : () => {};

const folder = mkdtempSync(join(tmpdir(), 'trailx-simulator-'));
// A cache of its own: these accounts are made up anew each time. Settings, too: what is tried here is no choice for later.
const cache = join(folder, 'cache');
const settings = join(folder, 'settings');
for (const each of [cache, settings]) mkdirSync(each);
printWelcome(server, writeProfiles(folder, server.url, accounts));
const logTimer = setInterval(printRequests, 1000);
let otherUser = options.isThrottled ? startOtherUser() : null;
listenToKeys();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
// Whoever reads this has gone.
process.stdout.on('error', quit);

function readOptions(): SimulatorOptions {
  const parsed = orExit(() => parseOptions(process.argv.slice(2)));
  if (!parsed.isHelp) return parsed;
  process.stdout.write(HELP);
  process.exit(0);
}

function orExit<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    giveUp(error);
  }
}

function giveUp(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : error}; --help tells more\n`);
  process.exit(2);
}

function readRecords(): readonly LogRecord[] {
  const { files, events, isAsDated } = options;
  if (files.length === 0) {
    // Another seed each time: event ids are never used twice.
    const seed = Math.floor(Date.now() / 1000);
    return [...generateSample({ seed, events, days: 90, end: Date.now() })].map((text) => JSON.parse(text));
  }
  // npm runs scripts in the package's folder; paths are relative to where npm was called.
  const base = process.env.INIT_CWD ?? process.cwd();
  const { records, skipped } = orExit(() => readLogs(files.map((file) => resolve(base, file))));
  if (skipped.length > 0) print(`no records in ${skipped.length} of the files, such as ${skipped[0]}`);
  if (records.length === 0) giveUp('no records to serve');
  return isAsDated ? records : moveTo(records, Date.now());
}

/** The accounts with the most events first. */
function idsOf(all: readonly LogRecord[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const record of all) counts.set(accountOf(record), (counts.get(accountOf(record)) ?? 0) + 1);
  return [...counts]
    .filter(([id]) => /^\d{12}$/.test(id))
    .sort((a, b) => b[1] - a[1])
    .map(([id]) => id);
}

/** Where most happens. */
function homeRegion(account: string): string {
  const counts = new Map<string, number>();
  for (const record of records) {
    const region = String(record.awsRegion);
    if (accountOf(record) === account) counts.set(region, (counts.get(region) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'us-east-1';
}

function printWelcome(running: CloudTrailServer, files: ProfileFiles): void {
  print(`CloudTrail's event history at ${running.url}\n`);
  for (const { setup, name } of accounts) {
    const regions = running.contents().filter(({ account }) => account === setup.id);
    print(`  ${setup.id} ${name}: ${regions.map(({ region, events }) => `${region} ${events}`).join(', ')}`);
  }
  print('\nProfiles');
  for (const [name, about] of files.profiles) print(`  ${name.padEnd(10)} ${about}`);
  print('\nIn another terminal:\n');
  const env = {
    AWS_CONFIG_FILE: files.config,
    AWS_SHARED_CREDENTIALS_FILE: files.credentials,
    AWS_PROFILE: accounts[0]?.name,
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: '127.0.0.1',
    XDG_CACHE_HOME: cache,
    XDG_CONFIG_HOME: settings,
  };
  const words = Object.entries(env).map(([name, value]) => `${name}=${quoted(String(value))}`);
  print(`${words.join(' ')} npm start -- --profile ${accounts[0]?.name}\n`);
  print('Keys: f fail every third, t half the quota is used, e sessions expire, d us-east-1 denied, h heal, q quit\n');
}

function quoted(value: string): string {
  return /^[\w./:-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** What came in since the last time, in one line; then it is forgotten. */
function printRequests(): void {
  if (server.requests.length === 0) return;
  const counts = new Map<string, number>();
  for (const { operation, region, account, error, fault } of server.requests) {
    const name = accounts.find(({ setup }) => setup.id === account)?.name ?? account ?? 'somebody';
    const trouble = error ?? fault;
    const key = `${name} ${region ?? ''} ${operation}${trouble === null ? '' : ` ${trouble}`}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  server.clearRequests();
  const time = new Date().toISOString().slice(11, 19);
  print(`${time}  ${[...counts].map(([key, count]) => (count === 1 ? key : `${count} × ${key}`)).join(', ')}`);
}

/** Takes half of every quota, as a second user of the accounts would. */
function startOtherUser(): NodeJS.Timeout {
  return setInterval(() => {
    for (const { account, region } of server.contents()) server.takeQuota(account, region);
  }, 2000 / options.requestsPerSecond);
}

function endOtherUser(): void {
  if (otherUser !== null) clearInterval(otherUser);
  otherUser = null;
}

function listenToKeys(): void {
  const { stdin } = process;
  if (!stdin.isTTY) return;
  stdin.setRawMode(true);
  stdin.on('data', (bytes) => {
    for (const key of bytes.toString()) press(key);
  });
}

function press(key: string): void {
  switch (key) {
    case 'f':
      server.fail(parseFault('500,every=3'));
      print('every third request fails');
      break;
    case 't':
      if (otherUser === null) otherUser = startOtherUser();
      else endOtherUser();
      print(otherUser === null ? 'the quota is all yours' : 'somebody else uses half of every quota');
      break;
    case 'e':
      for (const { setup } of accounts) server.expire(setup.id);
      print('the sessions of all roles have expired');
      break;
    case 'd':
      for (const { setup } of accounts) server.deny(setup.id, ['us-east-1']);
      print('a service control policy denies us-east-1');
      break;
    case 'h':
      server.heal();
      endOtherUser();
      print('all is well again');
      break;
    case 'q':
    case '\u0003':
      quit();
      break;
  }
}

function quit(): void {
  clearInterval(logTimer);
  endOtherUser();
  stopLive();
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
  process.stdin.pause();
  rmSync(folder, { recursive: true, force: true });
  void server.close();
}
