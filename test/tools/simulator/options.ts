import { parseArgs } from 'node:util';
import type { FaultRule } from '../../helpers/cloudtrail-server/faults.ts';
import { FAULTS, parseFault } from './fault-names.ts';

export type SimulatorOptions = {
  readonly isHelp: boolean;
  readonly port: number;
  readonly events: number;
  readonly requestsPerSecond: number;
  readonly latencyMs: number;
  readonly rules: readonly FaultRule[];
  /** Somebody else of the account takes half of the quota. */
  readonly isThrottled: boolean;
  readonly isLive: boolean;
  /** Files keep their own times. */
  readonly isAsDated: boolean;
  readonly files: readonly string[];
};

export const HELP = `usage: npm run simulator -- [OPTIONS] [FILE|FOLDER…]

A CloudTrail on this machine, with AWS's own limits: two requests a second per account and Region, 50 events a page,
90 days. It serves the built-in sample in three accounts, or the records of log files (JSON, NDJSON, .gz), and prints
the line that starts trailx against it.

  --port N         0, a free one, when left out
  --events N       of the sample, over 90 days (40000)
  --rate N         requests a second (2)
  --latency MS     until an answer begins (80)
  --fail FAULT     makes requests fail; several times if need be. FAULT is a kind, then what it is limited to:
                     --fail every=7            each seventh request answers 500
                     --fail html,every=3,region=us-east-1
                     --fail reset,after=5,times=2,operation=GetCallerIdentity
                   kinds: ${Object.keys(FAULTS).join(' ')}
  --throttle       somebody else uses half of every quota
  --no-live        nothing new happens
  --as-dated       files keep their times (else the newest event of all is moved to now)
  --help

Keys while it runs: f fail every third request, t somebody else uses half of the quota, e sessions expire,
d a policy denies us-east-1, h all is well again, q quit.
`;

/** @throws Error that says what is wrong */
export function parseOptions(argv: readonly string[]): SimulatorOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0' },
      events: { type: 'string', default: '40000' },
      rate: { type: 'string', default: '2' },
      latency: { type: 'string', default: '80' },
      fail: { type: 'string', multiple: true, default: [] },
      throttle: { type: 'boolean', default: false },
      'no-live': { type: 'boolean', default: false },
      'as-dated': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    isHelp: values.help,
    port: number('port', values.port, 0),
    events: number('events', values.events, 1),
    requestsPerSecond: number('rate', values.rate, 0.01),
    latencyMs: number('latency', values.latency, 0),
    rules: values.fail.map(parseFault),
    isThrottled: values.throttle,
    isLive: !values['no-live'],
    isAsDated: values['as-dated'],
    files: positionals,
  };
}

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least)) throw new Error(`--${name} takes a number from ${least}, not ${text}`);
  return value;
}
