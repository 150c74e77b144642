import { firstText, objectOf, textOf } from '../json-value.ts';
import { type Call, type Phrase, type Phrases, phrase } from './call.ts';
import { say } from './template.ts';
import { nameIn, openText, short } from './values.ts';

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
  PutKeyPolicy: (call) => say(`set the key policy of ${KEY}${openText(call.request.policy)}`)(call),
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

/** With the first pair of the encryption context, which names what the data is of. */
function crypt({ request, label }: Call, what: string): Phrase {
  const [pair] = Object.entries(objectOf(request.encryptionContext));
  const about = pair === undefined ? '' : ` for ${short(`${pair[0]}=${nameIn(textOf(pair[1]))}`)}`;
  const key = short(firstText(label, request.keyId));
  return phrase(`${what}${key && ` with key ${key}`}${about}`);
}
