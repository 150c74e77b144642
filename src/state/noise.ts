// Noise as the person set it, and what it hides of the list.

import { isDestructiveName } from '../cloudtrail/event-verbs.ts';
import { DEFAULT_NOISE, type NoiseKind, type NoiseRules } from '../query/noise.ts';

export type Noise = NoiseRules & {
  /** Of this run. */
  readonly isOn: boolean;
  /** Every run begins with it on: kept, and nothing that `n` changes. */
  readonly isAlways: boolean;
};

/** Events of the list's question that are not shown, by the first kind that hides them. */
export type NoiseCount = Readonly<Record<NoiseKind, number>>;

/** What happens to noise by words: `:noise add PutRecord`. */
export type NoiseChange =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'always'; readonly isOn: boolean }
  /** `isKnown`: there may be such events; else it is said that none is there yet. */
  | { readonly kind: 'add'; readonly name: string; readonly isKnown: boolean }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'reads' | 'services'; readonly isHidden: boolean }
  | { readonly kind: 'reset' };

export const NO_NOISE: Noise = { ...DEFAULT_NOISE, isOn: false, isAlways: false };

/** More names are a search, and settings are no place for them. */
const MAX_NAMES = 500;

/** The noise after the change and what to say of it; `noise` is the same where nothing changes. */
export function changeNoise(noise: Noise, change: NoiseChange): { readonly noise: Noise; readonly said: string } {
  switch (change.kind) {
    case 'toggle': {
      const isOn = !noise.isOn;
      if (!isOn) return { noise: { ...noise, isOn }, said: 'noise is shown again' };
      return { noise: { ...noise, isOn }, said: `hidden: ${rulesText(noise)}; failures and deletions stay` };
    }
    case 'always': {
      const { isOn } = change;
      const said = isOn
        ? 'noise is hidden now and from the start of every run'
        : 'noise is shown, now and in later runs';
      const isSame = noise.isOn === isOn && noise.isAlways === isOn;
      return { noise: isSame ? noise : { ...noise, isOn, isAlways: isOn }, said };
    }
    case 'reads':
    case 'services': {
      const next = { ...noise, [change.kind]: change.isHidden };
      return { noise: next, said: changedText(next, `noise is ${rulesText(next)}`) };
    }
    case 'reset':
      return { noise: { ...noise, ...DEFAULT_NOISE }, said: changedText(noise, 'noise is as it was at first') };
    case 'add':
      return addName(noise, change.name, change.isKnown);
    case 'remove':
      return removeName(noise, change.name);
  }
}

function loudName({ names }: Noise, name: string): string | undefined {
  const lower = name.toLowerCase();
  return names.find((other) => other.toLowerCase() === lower);
}

function removeName(noise: Noise, name: string): ReturnType<typeof changeNoise> {
  const known = loudName(noise, name);
  if (known === undefined) return { noise, said: `${name} is not among the loud names` };
  const names = noise.names.filter((other) => other !== known);
  return { noise: { ...noise, names }, said: changedText(noise, `${known} is no noise any more`) };
}

function addName(noise: Noise, name: string, isKnown: boolean): ReturnType<typeof changeNoise> {
  const known = loudName(noise, name);
  if (known !== undefined) return { noise, said: `${known} is among the loud names already` };
  if (isDestructiveName(name)) {
    return { noise, said: `${name} destroys something, which noise never hides; !name:${name} in the search does` };
  }
  if (noise.names.length >= MAX_NAMES) return { noise, said: `there are ${MAX_NAMES} loud names already` };
  return {
    noise: { ...noise, names: [...noise.names, name] },
    said: isKnown
      ? changedText(noise, `${name} is noise from now on`)
      : `no event of the name ${name} is loaded; it will be hidden all the same`,
  };
}

function changedText({ isOn }: Noise, text: string): string {
  return isOn ? text : `${text}; n hides noise`;
}

/** `reads, service calls and 22 loud names` */
export function rulesText({ reads, services, names }: NoiseRules): string {
  const parts = [
    ...(reads ? ['reads'] : []),
    ...(services ? ['service calls'] : []),
    ...(names.length > 0 ? [`${names.length} loud ${names.length === 1 ? 'name' : 'names'}`] : []),
  ];
  const last = parts.pop();
  if (last === undefined) return 'nothing';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

export function hiddenIn({ reads, services, names }: NoiseCount): number {
  return reads + services + names;
}
