import type { Phrases } from './call.ts';
import { phrase } from './call.ts';
import { say } from './template.ts';
import { isTrue, listText, openText, textsOf } from './values.ts';

const SECRET = 'secret {secretId:name|name|@?(not stated)}';

export const SECRETS_MANAGER: Phrases = {
  GetSecretValue: say(`read the value of ${SECRET}[ (version {versionStage|versionId})]`),
  BatchGetSecretValue: (call) => {
    const ids = textsOf(call.request.secretIdList);
    return phrase(
      ids.length === 0
        ? 'read the values of several secrets'
        : `read the values of ${ids.length === 1 ? 'secret' : 'secrets'} ${listText(ids)}`,
    );
  },
  DescribeSecret: say(`look at ${SECRET} (not its value)`),
  CreateSecret: say('create secret {name|@}'),
  PutSecretValue: say(`write a new value of ${SECRET}`),
  UpdateSecret: say(`change ${SECRET}`),
  DeleteSecret: (call) =>
    isTrue(call.request.forceDeleteWithoutRecovery)
      ? say(`delete ${SECRET} at once (no recovery)`)(call)
      : say(`delete ${SECRET}[ in {recoveryWindowInDays} days]`)(call),
  RestoreSecret: say(`cancel the deletion of ${SECRET}`),
  RotateSecret: say(`rotate ${SECRET}`),
  CancelRotateSecret: say(`stop the rotation of ${SECRET}`),
  ReplicateSecretToRegions: say(`copy ${SECRET} to {addReplicaRegions.0.region?other Regions}`),
  PutResourcePolicy: (call) =>
    say(`set who may read ${SECRET}${openText(call.request.resourcePolicy, 'everybody may')}`)(call),
  DeleteResourcePolicy: say(`delete the resource policy of ${SECRET}`),
  GetResourcePolicy: say(`read the resource policy of ${SECRET}`),
  GetRandomPassword: say('ask for a random password'),
  RotationStarted: say('report that the rotation of {.additionalEventData.SecretId:name|@?a secret} began'),
  RotationSucceeded: say('report that {.additionalEventData.SecretId:name|@?a secret} was rotated'),
  RotationFailed: say('report that the rotation of {.additionalEventData.SecretId:name|@?a secret} failed'),
  StartSecretVersionDelete: say('begin to delete an old version of {.additionalEventData.SecretId:name|@?a secret}'),
  EndSecretVersionDelete: say('delete an old version of {.additionalEventData.SecretId:name|@?a secret}'),
  ListSecrets: say('list the secrets'),
};
