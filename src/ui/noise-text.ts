import type { AppState } from '../state/app-state.ts';
import { hiddenIn, type NoiseCount } from '../state/noise.ts';
import { cutValue } from '../text/cell.ts';
import { countOf, formatCount } from '../text/format.ts';

/** `noise hidden: 38,001 (reads 30,112 · services 4,020 · loud 3,869)`, and the same without the parts; both '' while
 *  noise is shown. */
export function noiseTexts({ noise, noiseCount }: Pick<AppState, 'noise' | 'noiseCount'>): readonly [string, string] {
  if (!noise.isOn) return ['', ''];
  if (noiseCount === null) return ['noise hidden', 'noise hidden'];
  const hidden = hiddenIn(noiseCount);
  if (hidden === 0) return ['noise hidden: none here', 'noise hidden: none here'];
  const brief = `noise hidden: ${formatCount(hidden)}`;
  return [`${brief} (${partsText(noiseCount)})`, brief];
}

/** Said in an empty list where it would hold something with noise; '' elsewhere. */
export function allNoiseText({ noise, noiseCount, search }: AppState): string {
  const hidden = noise.isOn && noiseCount !== null ? hiddenIn(noiseCount) : 0;
  if (noiseCount === null || hidden === 0) return '';
  const found =
    search.applied === ''
      ? 'in the list'
      : `that ${hidden === 1 ? 'matches' : 'match'} ${cutValue(search.applied, 400)}`;
  const whole = hidden === 1 ? `The one event ${found} is` : `All ${countOf(hidden, 'event')} ${found} are`;
  return `${whole} noise: ${partsText(noiseCount)}. n shows noise.`;
}

function partsText({ reads, services, names }: NoiseCount): string {
  return Object.entries({ reads, services, loud: names })
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${kind} ${formatCount(count)}`)
    .join(' · ');
}
