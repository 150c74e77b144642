import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../src/cli/options.ts';
import { reproduceCommand, shellQuote, type View } from '../../src/export/reproduce-command.ts';

const NOTHING: View = {
  sources: [],
  isSample: false,
  profiles: [],
  regions: [],
  since: null,
  until: null,
  query: '',
  zone: 'utc',
  isInsights: false,
};

/** The words that sh makes of a command, without its first. */
function wordsOf(command: string): readonly string[] {
  const script = `trailx() { for word; do printf '%s\\0' "$word"; done; }\n${command}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** What our own command line makes of it. */
function optionsOf(command: string) {
  const parsed = parseOptions(wordsOf(command), {});
  if (parsed.kind === 'usage-error') throw new Error(parsed.message);
  return parsed;
}

test.each<readonly [Partial<View>, string]>([
  [{}, 'trailx query'],
  [{ isSample: true, sources: ['sample'], query: 'error:denied' }, 'trailx query --sample -q error:denied'],
  [{ sources: ['AWSLogs', 'my logs'], since: '7d' }, "trailx query AWSLogs 'my logs' --since 7d"],
  [
    { profiles: ['prod', null], regions: ['eu-west-1', 'us-east-1'], until: 'yesterday 5pm', zone: 'local' },
    "trailx query -p prod -r eu-west-1,us-east-1 --until 'yesterday 5pm' --local",
  ],
  [{ regions: 'all', isInsights: true, preset: 'root' }, 'trailx query -r all --insights --preset root'],
  [{ query: '-readOnly:true !who:"o\'brien"' }, "trailx query --query='-readOnly:true !who:\"o'\\''brien\"'"],
  [{ sources: ['-x', 'query'] }, 'trailx query -- -x query'],
  [{ query: 'a\n\tb\u001b[2J\u202e\ud800' }, "trailx query -q 'a b?[2J??'"],
])('%j', (view, command) => {
  expect(reproduceCommand({ ...NOTHING, ...view })).toBe(command);
});

const hostile = fc.string({
  unit: fc.constantFrom(...'ab-=\'"`$\\!*?;&|<>(){}[]~#%^ ,.:/@é😀', '$(', '--'),
  minLength: 1,
  maxLength: 12,
});

describe('whatever stands in it', () => {
  test('sh takes a quoted text for one word, unchanged', () => {
    const texts = fc.sample(hostile, { numRuns: 300, seed: 1 });
    expect(wordsOf(`trailx ${texts.map(shellQuote).join(' ')}`)).toEqual(texts);
    expect(wordsOf(`trailx ${shellQuote('')}`)).toEqual(['']);
  });

  test('our own command line reads the view back', () => {
    fc.assert(
      fc.property(
        fc.array(
          hostile.filter((text) => !/^(?:s3:|athena:)/i.test(text)),
          { minLength: 1, maxLength: 3 },
        ),
        hostile,
        hostile,
        (sources, query, since) => {
          const read = optionsOf(reproduceCommand({ ...NOTHING, sources, query, since }));
          expect(read).toMatchObject({ command: 'query', query: query.trim() });
          expect(read.sources).toEqual(sources);
          expect(read.since ?? '').toBe(since.trim());
        },
      ),
      { numRuns: 60 },
    );
  });

  test('profiles and presets too', () => {
    const command = reproduceCommand({ ...NOTHING, profiles: ['-x', "a'b", 'p q'], preset: '--force', zone: 'local' });
    expect(optionsOf(command)).toMatchObject({ profiles: ['-x', "a'b", 'p q'], preset: '--force', zone: 'local' });
  });

  test('nothing that a terminal obeys, in one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const command = reproduceCommand({ ...NOTHING, query: text, sources: [text], profiles: [text] });
        expect(command).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
