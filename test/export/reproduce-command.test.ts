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

/** The words that a shell makes of a command, without its first. */
function wordsOf(command: string | null, shell: string = '/bin/sh'): readonly string[] {
  const script = `trailx() { for word; do printf '%s\\0' "$word"; done; }\n${command}`;
  return execFileSync(shell, ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** What our own command line makes of it. */
function optionsOf(command: string | null, shell?: string) {
  const parsed = parseOptions(wordsOf(command, shell), {});
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
  [
    { query: "who:'!\n\tb\\\u001b[2J\u202e", sources: ['a b', 'x\u200b\ny'] },
    String.raw`trailx query 'a b' $'x\342\200\213\ny' -q $'who:\047\041\n\tb\\\033[2J\342\200\256'`,
  ],
  [{ query: '-\u0007' }, String.raw`trailx query --query=$'-\007'`],
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

  const unseen = fc.string({
    unit: fc.constantFrom(
      ...'ab-01\'"\\!$`(){} é😀',
      '\n',
      '\t',
      '\r',
      '\u0007',
      '\u001b',
      '\u200b',
      '\u202e',
      '\u{e0041}',
      '\u2028',
    ),
    minLength: 1,
    maxLength: 12,
  });

  test('bash takes it for one word, unchanged, whatever cannot be seen', () => {
    const texts = fc.sample(unseen, { numRuns: 500, seed: 1 });
    expect(wordsOf(`trailx ${texts.map(shellQuote).join(' ')}`, 'bash')).toEqual(texts);
  });

  test('a shell that does not know the quotes takes it for one word as well, and runs nothing of it', () => {
    const texts = fc.sample(unseen, { numRuns: 500, seed: 2 });
    const words = wordsOf(`trailx ${texts.map((text) => shellQuote(text).replace(/^\$'/, "'")).join(' ')}`);
    expect(words).toHaveLength(texts.length);
  });

  test('our own command line reads it back', () => {
    fc.assert(
      fc.property(fc.array(unseen, { minLength: 1, maxLength: 2 }), unseen, unseen, (sources, query, profile) => {
        expect(optionsOf(reproduceCommand({ ...NOTHING, sources, query }), 'bash')).toMatchObject({
          sources,
          query: query.trim(),
        });
        const profiles = [profile.trim()].filter((name) => name !== '');
        expect(optionsOf(reproduceCommand({ ...NOTHING, profiles }), 'bash')).toMatchObject({ profiles });
      }),
      { numRuns: 60 },
    );
  });

  test('is nothing that a terminal obeys or hides, in one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const command = reproduceCommand({ ...NOTHING, query: text, sources: [text], profiles: [text] });
        expect(command === null).toBe(text.includes('\0'));
        expect(command ?? '').not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test.each(['a\0b', '\ud800', 'x\udc00y'])('there is no command with %j', (text) => {
    expect(reproduceCommand({ ...NOTHING, query: text })).toBeNull();
    expect(reproduceCommand({ ...NOTHING, sources: [text] })).toBeNull();
  });
});
