// Who launched what: a few ordinary instances, a very large one that ran for two days, and two that were not allowed.

import { type Caller, personCaller } from './callers.ts';
import { ACCOUNTS, type AccountName, findPerson, HOME_REGION, IMAGES, SUBNETS, VPC } from './company.ts';
import { instanceSet, runRequest, runResponse, stateChange } from './ec2-shapes.ts';
import { type DenialReason, denial } from './record.ts';
import { DAY, HOUR, MINUTE, type Stage } from './stage.ts';

/** By far the dearest of the company's own. */
const LARGE = 'p4d.24xlarge';

export function launches(stage: Stage): void {
  const at = (daysBefore: number, hour: number, minute: number) =>
    stage.day(daysBefore) + hour * HOUR + minute * MINUTE;
  launch(stage, at(16, 10, 12), 'katarina', 'dev', 'c7i.xlarge', 1);
  launch(stage, at(6, 9, 48), 'carol', 'dev', 't3.medium', 2);
  launch(stage, at(3, 11, 20), 'katharina', 'dev', 'm7g.large', 3);
  launch(stage, at(1, 16, 35), 'carol', 'dev', 't3.large', 1);
  loadTest(stage, at(4, 17, 5));
  refused(stage, at(13, 14, 2), 'katarina', 'dev', 'p5.48xlarge', 'service control policy');
  refused(stage, at(2, 10, 55), 'dave', 'prod', 'g5.2xlarge', 'no policy');
}

function launch(
  stage: Stage,
  time: number,
  name: string,
  account: AccountName,
  type: string,
  count: number,
): { readonly caller: Caller; readonly ids: readonly string[] } {
  const { random } = stage;
  const caller = personCaller(random, findPerson(name), account, time - 10 * MINUTE);
  const ids = Array.from({ length: count }, () => `i-${random.hex(17)}`);
  const [image] = IMAGES;
  const subnet = random.pick(SUBNETS);
  stage.call(time, caller, 'ec2', 'RunInstances', {
    writes: true,
    request: runRequest(image, type, count, subnet),
    response: runResponse(ACCOUNTS[account], ids, image, type, subnet, VPC),
  });
  return { caller, ids };
}

/** bob starts the largest there is in the evening and remembers it two days later. */
function loadTest(stage: Stage, time: number): void {
  const { ids } = launch(stage, time, 'bob', 'prod', LARGE, 1);
  const later = time + 2 * DAY - 3 * HOUR;
  stage.call(later, personCaller(stage.random, findPerson('bob'), 'prod', later), 'ec2', 'TerminateInstances', {
    writes: true,
    request: instanceSet(...ids),
    response: stateChange('running', 'shutting-down', ...ids),
  });
}

function refused(
  stage: Stage,
  time: number,
  name: string,
  account: AccountName,
  type: string,
  reason: DenialReason,
): void {
  const caller = personCaller(stage.random, findPerson(name), account, time);
  const resource = `arn:aws:ec2:${HOME_REGION}:${ACCOUNTS[account]}:instance/*`;
  stage.call(time, caller, 'ec2', 'RunInstances', {
    writes: true,
    request: runRequest(IMAGES[1], type, 1, SUBNETS[0]),
    error: [
      'Client.UnauthorizedOperation',
      `You are not authorized to perform this operation. ${denial(caller, 'ec2:RunInstances', resource, reason)}`,
    ],
  });
}
