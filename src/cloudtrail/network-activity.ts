// Network activity events: calls through a VPC endpoint, as the endpoint's owner sees them (User Guide, "Logging
// network activity events"). Callers of other accounts appear with their account and principal only.

import { type JsonObject, objectOf, textOf } from './json-value.ts';
import { type LabelLine, line, statedLines } from './label-line.ts';

export function networkLines(record: JsonObject): readonly LabelLine[] {
  const owner = textOf(record.vpcEndpointAccountId);
  const caller = textOf(objectOf(record.userIdentity).accountId);
  const isSparse = record.requestParameters == null && record.responseElements == null;
  return statedLines([
    line('endpoint', endpointText(textOf(record.vpcEndpointId), owner)),
    line(
      'caller',
      caller !== '' && owner !== '' && caller !== owner
        ? `account ${caller}: not the endpoint's own (${owner}), so little is told of the caller`
        : '',
    ),
    /^vpceaccessdenied/i.test(textOf(record.errorCode))
      ? line(
          'denied by',
          "the endpoint's policy: the call did not reach the service, so neither the service's own events nor the caller's account tell of it",
        )
      : null,
    isSparse
      ? line('sparse', 'network activity events carry no answer, and parameters only where the endpoint could see them')
      : null,
  ]);
}

function endpointText(id: string, owner: string): string {
  if (id === 'AWS Internal' || owner === 'AWS Internal') return 'of AWS itself (AWS Internal)';
  if (id === '') return 'not stated';
  return owner === '' ? id : `${id} of account ${owner}`;
}
