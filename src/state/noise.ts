// Noise as the person set it, and what it hides of the list.

import { isDestructiveName } from '../cloudtrail/event-verbs.ts';
import { DEFAULT_NOISE, type NoiseKind, type NoiseRules } from '../query/noise.ts';

export type Noise = NoiseRules & { readonly isOn: boolean };

/** Events of the list's question that are not shown, by the first kind that hides them. */
export type NoiseCount = Readonly<Record<NoiseKind, number>>;

/** What happens to noise by words: `:noise add PutRecord`. */
export type NoiseChange =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'add' | 'remove'; readonly name: string }
  | { readonly kind: 'reads' | 'services'; readonly isHidden: boolean }
  | { readonly kind: 'reset' };

export const NO_NOISE: Noise = { ...DEFAULT_NOISE, isOn: false };

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
    case 'reads':
    case 'services': {
      const next = { ...noise, [change.kind]: change.isHidden };
      return { noise: next, said: changedText(next, `noise is ${rulesText(next)}`) };
    }
    case 'reset':
      return { noise: { ...NO_NOISE, isOn: noise.isOn }, said: changedText(noise, 'noise is as it was at first') };
    case 'add':
    case 'remove':
      return changeNames(noise, change.kind, change.name);
  }
}

function changeNames(noise: Noise, kind: 'add' | 'remove', name: string): ReturnType<typeof changeNoise> {
  const lower = name.toLowerCase();
  const known = noise.names.find((other) => other.toLowerCase() === lower);
  if (kind === 'remove') {
    if (known === undefined) return { noise, said: `${name} is not among the loud names` };
    const names = noise.names.filter((other) => other !== known);
    return { noise: { ...noise, names }, said: changedText(noise, `${known} is no noise any more`) };
  }
  if (known !== undefined) return { noise, said: `${known} is among the loud names already` };
  if (isDestructiveName(name)) {
    return { noise, said: `${name} destroys something, which noise never hides; !name:${name} in the search does` };
  }
  if (noise.names.length >= MAX_NAMES) return { noise, said: `there are ${MAX_NAMES} loud names already` };
  return {
    noise: { ...noise, names: [...noise.names, name] },
    said: changedText(noise, `${name} is noise from now on`),
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
