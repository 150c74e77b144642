import type { FaultRule, ServerFault } from '../../helpers/cloudtrail-server/faults.ts';

const error = (name: string, status = 400): ServerFault => ({ kind: 'error', name, status });

/** What `--fail` takes, and the fault it stands for. */
export const FAULTS: Readonly<Record<string, ServerFault>> = {
  throttle: error('ThrottlingException'),
  '500': error('InternalFailure', 500),
  '503': error('ServiceUnavailable', 503),
  '413': error('RequestEntityTooLargeException', 413),
  'retry-after': { kind: 'error', name: 'ServiceUnavailable', status: 503, retryAfterMs: 3000 },
  html: { kind: 'html', status: 503 },
  truncated: { kind: 'truncated' },
  empty: { kind: 'empty' },
  reset: { kind: 'reset' },
  hang: { kind: 'hang' },
  slow: { kind: 'slow', ms: 4000 },
  short: { kind: 'short' },
  redirect: { kind: 'redirect', location: 'http://127.0.0.1:9/login' },
  denied: error('AccessDeniedException', 403),
  expired: error('ExpiredTokenException', 403),
  token: error('InvalidNextTokenException'),
  repeat: { kind: 'repeat', events: 5 },
  'empty-page': { kind: 'empty-page' },
  padded: { kind: 'padded', bytes: 256 * 1024 },
};

/** `html,every=5,region=us-east-1` → a rule; `every=7` alone fails with 500. @throws Error that says what is wrong */
export function parseFault(text: string): FaultRule {
  const rule: { -readonly [Key in keyof FaultRule]: FaultRule[Key] } = { fault: FAULTS['500'] as ServerFault };
  for (const part of text.split(',')) {
    const [name = '', value] = part.split('=');
    if (value === undefined) {
      const fault = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
      if (fault === undefined) throw new Error(`no such fault: ${name}; there are ${Object.keys(FAULTS).join(', ')}`);
      rule.fault = fault;
    } else if (name === 'every' || name === 'times' || name === 'after') {
      if (!/^[1-9]\d*$/.test(value)) throw new Error(`${name}= takes a whole number from 1, not ${value}`);
      rule[name] = Number(value);
    } else if (name === 'account' || name === 'region' || name === 'operation') rule[name] = value;
    else throw new Error(`--fail knows every=, after=, times=, account=, region= and operation=, not ${name}=`);
  }
  return rule;
}
