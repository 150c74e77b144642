import { personCaller } from './callers.ts';
import { ACCOUNTS, findPerson, SECRETS, UNUSED_REGION } from './company.ts';
import { instanceSet, stateChange } from './ec2-shapes.ts';
import { denial } from './record.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

const ACCOUNT = ACCOUNTS.prod;

export type UserKey = { readonly userName: string; readonly accessKeyId: string };

/** The morning after: erin looks both keys up and may not touch them; alice takes everything away again. */
export function cleanUp(stage: Stage, leaked: UserKey, made: UserKey, instances: readonly string[]): void {
  const { userName } = made;
  const start = stage.day(7) + 8 * HOUR + 40 * MINUTE;
  const erin = personCaller(stage.random, findPerson('erin'), 'prod', start);
  const alice = personCaller(stage.random, findPerson('alice'), 'prod', start + 5 * MINUTE);
  const tick = clock(stage.random, start);
  for (let i = 0; i < 5; i++)
    stage.call(tick(50), erin, 'cloudtrail', 'LookupEvents', {
      request: {
        maxResults: 50,
        lookupAttributes: [{ attributeKey: 'AccessKeyId', attributeValue: (i < 3 ? leaked : made).accessKeyId }],
      },
    });
  stage.call(tick(60), erin, 'iam', 'UpdateAccessKey', {
    writes: true,
    request: { ...leaked, status: 'Inactive' },
    error: [
      'AccessDenied',
      denial(erin, 'iam:UpdateAccessKey', `arn:aws:iam::${ACCOUNT}:user/${leaked.userName}`, 'no policy'),
    ],
  });
  for (const user of [leaked, made]) {
    stage.call(tick(300), alice, 'iam', 'UpdateAccessKey', {
      writes: true,
      request: { ...user, status: 'Inactive' },
    });
  }
  stage.call(tick(20), alice, 'iam', 'DeleteUser', {
    writes: true,
    request: { userName },
    error: ['DeleteConflictException', 'Cannot delete entity, must delete access keys first.'],
  });
  stage.call(tick(9), alice, 'iam', 'DetachUserPolicy', {
    writes: true,
    request: { userName, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  });
  stage.call(tick(9), alice, 'iam', 'DeleteAccessKey', {
    writes: true,
    request: made,
  });
  stage.call(tick(9), alice, 'iam', 'DeleteUser', { writes: true, request: { userName } });
  for (let i = 0; i < instances.length; i += 8) {
    const some = instances.slice(i, i + 8);
    stage.call(tick(40), alice, 'ec2', 'TerminateInstances', {
      region: UNUSED_REGION,
      writes: true,
      request: instanceSet(...some),
      response: stateChange('running', 'shutting-down', ...some),
    });
  }
  stage.call(tick(180), alice, 'secretsmanager', 'RotateSecret', {
    writes: true,
    request: { secretId: SECRETS[0] },
  });
}
