import { describe, expect, test } from 'vitest';
import { changeNoise, NO_NOISE, type Noise, type NoiseChange, rulesText } from '../../src/state/noise.ts';

const ON: Noise = { isOn: true, isAlways: false, reads: true, services: true, names: ['AssumeRole', 'Decrypt'] };
const changed = (noise: Noise, ...changes: readonly NoiseChange[]) =>
  changes.reduce((known, change) => changeNoise(known, change).noise, noise);

describe('changing noise', () => {
  test('on and off', () => {
    expect(changeNoise({ ...ON, isOn: false }, { kind: 'toggle' })).toEqual({
      noise: ON,
      said: 'hidden: reads, service calls and 2 loud names; failures and deletions stay',
    });
    expect(changeNoise(ON, { kind: 'toggle' }).said).toBe('noise is shown again');
  });

  test('names come and go, whatever their case', () => {
    const more = changed(ON, { kind: 'add', name: 'PutRecord', isKnown: true });
    expect(more.names).toEqual(['AssumeRole', 'Decrypt', 'PutRecord']);
    expect(changed(more, { kind: 'remove', name: 'putrecord' }).names).toEqual(ON.names);
    expect(changeNoise(ON, { kind: 'add', name: 'decrypt', isKnown: true })).toEqual({
      noise: ON,
      said: 'Decrypt is among the loud names already',
    });
    expect(changeNoise(ON, { kind: 'remove', name: 'RunInstances' })).toEqual({
      noise: ON,
      said: 'RunInstances is not among the loud names',
    });
  });

  test('a name that no event has is hidden all the same, and that is said', () => {
    const { noise, said } = changeNoise(ON, { kind: 'add', name: 'AsumeRole', isKnown: false });
    expect(noise.names).toContain('AsumeRole');
    expect(said).toBe('no event of the name AsumeRole is loaded; it will be hidden all the same');
  });

  test('from the start of every run only where that is asked for', () => {
    const always = changed({ ...ON, isOn: false }, { kind: 'always', isOn: true });
    expect(always).toEqual({ ...ON, isAlways: true });
    expect(changed(always, { kind: 'toggle' })).toEqual({ ...ON, isOn: false, isAlways: true });
    expect(changed(always, { kind: 'always', isOn: false })).toEqual({ ...ON, isOn: false });
  });

  test('what destroys something is never loud', () => {
    const { noise, said } = changeNoise(ON, { kind: 'add', name: 'DeleteBucket', isKnown: true });
    expect(noise).toBe(ON);
    expect(said).toContain('!name:DeleteBucket');
  });

  test('kinds can be left to stay, and all can be as at first', () => {
    const quiet = changed(ON, { kind: 'reads', isHidden: false }, { kind: 'remove', name: 'Decrypt' });
    expect(rulesText(quiet)).toBe('service calls and 1 loud name');
    expect(changed(quiet, { kind: 'reset' })).toEqual({ ...NO_NOISE, isOn: true });
    expect(rulesText({ reads: false, services: false, names: [] })).toBe('nothing');
  });

  test('while noise is shown the way to hide it is said', () => {
    expect(changeNoise({ ...ON, isOn: false }, { kind: 'services', isHidden: false }).said).toBe(
      'noise is reads and 2 loud names; n hides noise',
    );
  });
});
