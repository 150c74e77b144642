import { listOf, objectOf, textOf } from '../json-value.ts';
import { type Call, type Phrases, phrase } from './call.ts';
import { sharePhrase } from './sharing.ts';
import { filler, say } from './template.ts';
import { isTrue, listText, short, textsOf } from './values.ts';

const DOCUMENT = filler('{documentName:name?a document}');
const ASSOCIATED = filler('{name:name?a document}');

export const SSM: Phrases = {
  StartSession: say('start a session on {target|@?an instance}[ with document {documentName}]'),
  ResumeSession: say('resume session {sessionId}'),
  TerminateSession: say('end session {sessionId}'),
  SendCommand: (call) => phrase(`run ${DOCUMENT(call)} on ${targets(call)}`),
  CancelCommand: say('cancel command {commandId}'),
  GetCommandInvocation: say('read what command {commandId} printed[ on {instanceId}]'),
  StartAutomationExecution: say('run automation {documentName:name}'),
  CreateAssociation: (call) => phrase(`let ${ASSOCIATED(call)} run on ${targets(call)} again and again`),
  GetParameter: (call) => say(`read parameter {name:name}${decrypted(call)}`)(call),
  GetParameters: (call) => phrase(`read ${names(call)}${decrypted(call)}`),
  GetParametersByPath: (call) => say(`read the parameters below {path}${decrypted(call)}`)(call),
  GetParameterHistory: (call) => say(`read the earlier values of parameter {name:name}${decrypted(call)}`)(call),
  PutParameter: say('write parameter {name:name}[ ({type})]'),
  DeleteParameter: say('delete parameter {name:name}'),
  DeleteParameters: (call) => phrase(`delete ${names(call)}`),
  CreateDocument: say('create document {name}'),
  UpdateDocument: say('change document {name}'),
  DeleteDocument: say('delete document {name}'),
  ModifyDocumentPermission: (call) => {
    const { accountIdsToAdd, accountIdsToRemove, name } = call.request;
    const document = `document ${short(textOf(name)) || '(not stated)'}`;
    return (
      sharePhrase(document, textsOf(accountIdsToAdd), textsOf(accountIdsToRemove)) ??
      phrase(`change who may use ${document}`)
    );
  },
  DescribeInstanceInformation: say('list the instances that SSM manages'),
  UpdateInstanceInformation: say('report that {instanceId|@?an instance} is up'),
  UpdateServiceSetting: say('set {settingId:name} to {settingValue}'),
};

function decrypted({ request }: Call): string {
  return isTrue(request.withDecryption) ? ' (decrypted)' : '';
}

function names({ request }: Call): string {
  const all = textsOf(request.names);
  return `${all.length === 1 ? 'parameter' : 'parameters'} ${listText(all) || '(not stated)'}`;
}

/** instanceIds, or targets: [{key: 'tag:Env', values: ['prod']}]. */
function targets({ request, label }: Call): string {
  const ids = textsOf(request.instanceIds);
  if (ids.length > 0) return listText(ids);
  const [first, ...more] = listOf(request.targets).map(objectOf);
  if (first === undefined) return /^m?i-/.test(label) ? short(label) : 'targets not stated';
  const values = listText(textsOf(first.values));
  const text = `${short(textOf(first.key)) || 'targets'}${values && `=${values}`}`;
  return more.length === 0 ? text : `${text} and ${more.length} more`;
}
