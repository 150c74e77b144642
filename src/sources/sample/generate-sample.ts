// The built-in sample: some weeks of a small company, made up from a seed. Scenes hold what there is to find,
// background fills the days around them up to the number of events asked for.

import { background } from './background.ts';
import { accessScenes } from './scene-access.ts';
import { attackScene } from './scene-attack.ts';
import { deniedRole } from './scene-denied-role.ts';
import { identityScenes } from './scene-identity.ts';
import { launches } from './scene-launches.ts';
import { odds } from './scene-odds.ts';
import { operationScenes } from './scene-operations.ts';
import { roleChain } from './scene-role-chain.ts';
import { serverLife } from './scene-server.ts';
import { Stage } from './stage.ts';

export type SampleOptions = {
  readonly seed?: number;
  /** How many; fewer than the scenes need leaves the newest. */
  readonly events?: number;
  /** How far back; at least three weeks, so that every scene fits. */
  readonly days?: number;
  /** No event is later than this; ms since the epoch. */
  readonly end: number;
};

const MIN_DAYS = 21;

/** The records' JSON texts, oldest first; the same for the same options. */
export function* generateSample({ seed = 1, events = 3000, days = 30, end }: SampleOptions): Generator<string> {
  const wholeSecond = Math.floor(end / 1000) * 1000;
  const stage = new Stage(seed, wholeSecond, Math.max(days, MIN_DAYS));
  attackScene(stage);
  accessScenes(stage);
  operationScenes(stage);
  identityScenes(stage);
  launches(stage);
  deniedRole(stage);
  roleChain(stage);
  serverLife(stage);
  odds(stage);
  background(stage, events);
  const sorted = stage.events.filter(({ time }) => time <= wholeSecond).sort((a, b) => a.time - b.time);
  for (const { text } of sorted.slice(Math.max(0, sorted.length - events))) yield text;
}
