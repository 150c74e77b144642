import { firstText, objectOf, textOf } from '../json-value.ts';
import { type Call, type Phrase, type Phrases, phrase } from './call.ts';
import { say } from './template.ts';
import { isPublicPolicy, nameIn, short } from './values.ts';

const KEY = '{@|keyId?(not stated)}';

export const KMS: Phrases = {
  Decrypt: (call) => crypt(call, 'decrypt data'),
  Encrypt: (call) => crypt(call, 'encrypt data'),
  ReEncrypt: say('encrypt data anew with key {destinationKeyId:name|@?(not stated)}'),
  GenerateDataKey: (call) => crypt(call, 'make a data key'),
  GenerateDataKeyWithoutPlaintext: (call) => crypt(call, 'make an encrypted data key'),
  Sign: say(`sign something with key ${KEY}`),
  CreateKey: say('create key[ {>keyMetadata.keyId|@}]'),
  ScheduleKeyDeletion: say(`plan to delete key ${KEY}[ in {pendingWindowInDays} days]`),
  CancelKeyDeletion: say(`cancel the deletion of key ${KEY}`),
  DisableKey: say(`disable key ${KEY}`),
  EnableKey: say(`enable key ${KEY}`),
  DisableKeyRotation: say(`stop the rotation of key ${KEY}`),
  EnableKeyRotation: say(`begin the rotation of key ${KEY}`),
  PutKeyPolicy: (call) => {
    const isOpen = isPublicPolicy(call.request.policy);
    return say(`set the key policy of ${KEY}${isOpen ? ' (open to everybody)' : ''}`)(call);
  },
  GetKeyPolicy: say(`read the key policy of ${KEY}`),
  CreateGrant: say(`grant {granteePrincipal:name} the use of key ${KEY}[ ({operations})]`),
  RevokeGrant: say(`revoke grant {grantId} of key ${KEY}`),
  RetireGrant: say(`retire grant {grantId?(not stated)}[ of key {@}]`),
  CreateAlias: say('call key {targetKeyId} {aliasName}'),
  UpdateAlias: say('make {aliasName} the name of key {targetKeyId}'),
  DeleteAlias: say('delete the key name {aliasName}'),
  ImportKeyMaterial: say(`import key material into ${KEY}`),
  DeleteImportedKeyMaterial: say(`delete the key material of ${KEY}`),
  ReplicateKey: say(`copy key ${KEY} to {replicaRegion}`),
  RotateKey: say('rotate key {@|.serviceEventDetails.keyId?(not stated)}'),
  DeleteKey: say('delete key {@|.serviceEventDetails.keyId?(not stated)}'),
};

/** With the first pair of the encryption context, which names what the data is of; "by hand" where no service did it. */
function crypt({ request, record, label }: Call, what: string): Phrase {
  const [pair] = Object.entries(objectOf(request.encryptionContext));
  const about = pair === undefined ? '' : ` for ${short(`${pair[0]}=${nameIn(textOf(pair[1]))}`)}`;
  const key = short(firstText(label, request.keyId));
  const isOfService =
    textOf(objectOf(record.userIdentity).invokedBy) !== '' ||
    textOf(objectOf(record.userIdentity).type) === 'AWSService' ||
    /^AWS Internal|\.amazonaws\.com$/.test(textOf(record.sourceIPAddress)) ||
    (pair?.[0].startsWith('aws:') ?? false);
  const hand = isOfService || !what.startsWith('decrypt') ? '' : ' by hand';
  return phrase(`${what}${hand}${key && ` with key ${key}`}${about}`);
}
