// Lambda. Its names carry the date of the API (UpdateFunctionCode20150331v2), which is taken off before they are looked up.

import { textOf } from '../json-value.ts';
import { callersOf } from '../public-access.ts';
import { type Call, type Phrases, phrase } from './call.ts';
import { filler, say } from './template.ts';
import { nameIn, short, whomText } from './values.ts';

const FUNCTION = '{functionName:name|@?(not stated)}';

const NAMED = filler(`function ${FUNCTION}`);
const SOURCE = filler('[ from {sourceArn:name}]');

export const LAMBDA: Phrases = {
  CreateFunction: say(`create function ${FUNCTION}[ ({runtime})][ with role {role:name}]`),
  UpdateFunctionCode: say(`replace the code of function ${FUNCTION}`),
  UpdateFunctionConfiguration: say(`change the configuration of function ${FUNCTION}[ with role {role:name}]`),
  DeleteFunction: say(`delete function ${FUNCTION}`),
  GetFunction: say(`read function ${FUNCTION} with the place of its code`),
  GetFunctionConfiguration: say(`read the configuration of function ${FUNCTION} with its environment variables`),
  GetPolicy: say(`read who may call function ${FUNCTION}`),
  Invoke: say(`call function ${FUNCTION}`),
  InvokeExecution: say(`run function ${FUNCTION}`),
  ListFunctions: say('list the functions'),
  CreateFunctionUrlConfig: (call) => url(call, 'give'),
  UpdateFunctionUrlConfig: (call) => url(call, 'change'),
  DeleteFunctionUrlConfig: say(`remove the URL of function ${FUNCTION}`),
  AddPermission: (call) => {
    const { action, functionUrlAuthType } = call.request;
    const whom = callers(call);
    const isUrl = textOf(action).includes('InvokeFunctionUrl');
    const from = whom.startsWith('callers ') ? '' : SOURCE(call);
    const isOpen = whom === 'everybody' && functionUrlAuthType === 'NONE' ? ' (without credentials)' : '';
    return phrase(`allow ${whom} to call ${isUrl ? 'the URL of ' : ''}${NAMED(call)}${from}${isOpen}`);
  },
  RemovePermission: say(`take back permission {statementId} of function ${FUNCTION}`),
  AddLayerVersionPermission: (call) =>
    phrase(
      `share layer ${short(textOf(call.request.layerName)) || '(not stated)'} with ${callers(call).replace(/^callers of /, '')}`,
    ),
  PublishLayerVersion: say('publish a version of layer {layerName}'),
  PublishVersion: say(`publish a version of function ${FUNCTION}`),
  CreateEventSourceMapping: say(`let {eventSourceArn:name?a source} call function ${FUNCTION}`),
  PutFunctionConcurrency: say(`limit function ${FUNCTION} to {reservedConcurrentExecutions} runs at once`),
};

/** 'everybody' only where nothing narrows it. */
function callers({ request }: Call): string {
  const whom = callersOf(request);
  return whom.startsWith('callers ') ? short(whom) : whomText([nameIn(whom)]);
}

function url(call: Call, verb: string) {
  const isOpen = textOf(call.request.authType) === 'NONE' ? ' (open to everybody whom its resource policy allows)' : '';
  const what = verb === 'give' ? `give function ${FUNCTION} a URL` : `change the URL of function ${FUNCTION}`;
  return say(`${what}${isOpen}`)(call);
}
