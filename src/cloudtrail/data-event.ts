// Data events: what was done in or on a resource (an object read, a function called). CloudTrail's event history never
// has them; only trails do whose event selectors ask for them.

import { firstText, isObject, type JsonObject, listOf, objectOf, textOf } from './json-value.ts';
import { type LabelLine, line, statedLines } from './label-line.ts';
import { bytesText, numberOf, plural } from './plain-number.ts';

const MAX_RESOURCES = 6;

export function dataLines(record: JsonObject): readonly LabelLine[] {
  const more = objectOf(record.additionalEventData);
  return statedLines([
    line('transferred', transferText(more)),
    line('encryption', encryptionText(record, more)),
    ...resourceLines(record),
    line('data event', 'not in event history: only in trails that record data events'),
  ]);
}

function transferText(more: JsonObject): string {
  const [into, out] = [numberOf(more.bytesTransferredIn), numberOf(more.bytesTransferredOut)];
  const parts = [
    into !== null && into > 0 && `${bytesText(into)} in`,
    out !== null && out > 0 && `${bytesText(out)} out`,
  ];
  const text = parts.filter((part) => part !== false).join(', ');
  if (text !== '') return text;
  return into === null && out === null ? '' : 'nothing';
}

function encryptionText(record: JsonObject, more: JsonObject): string {
  const request = objectOf(record.requestParameters);
  const answer = objectOf(record.responseElements);
  const sse = firstText(
    more.SSEApplied,
    answer['x-amz-server-side-encryption'],
    request['x-amz-server-side-encryption'],
  );
  const key = firstText(
    answer['x-amz-server-side-encryption-aws-kms-key-id'],
    request['x-amz-server-side-encryption-aws-kms-key-id'],
  );
  const cipher = textOf(more.CipherSuite);
  const parts = [sse && `at rest ${sse}${key && ` with ${key}`}`, cipher && `in transit ${cipher}`];
  return parts.filter((part) => part !== '').join(', ');
}

/** By type, as the record lists them: 'AWS::S3::Object arn:…'. */
function resourceLines(record: JsonObject): readonly LabelLine[] {
  const resources = listOf(record.resources).filter(isObject);
  const lines = resources.slice(0, MAX_RESOURCES).map((resource) => {
    const account = textOf(resource.accountId);
    const name = firstText(resource.ARN, resource.arn, resource.ARNPrefix);
    const type = textOf(resource.type);
    return line(typeText(type), name && `${name}${account && ` of account ${account}`}`);
  });
  if (resources.length > MAX_RESOURCES)
    lines.push(line('resources', plural(resources.length - MAX_RESOURCES, 'other', 'others')));
  return lines;
}

/** 'AWS::S3::Object' → 'S3 object'. */
function typeText(type: string): string {
  const [, service, kind] = /^AWS::(\w{1,40})::(\w{1,60})$/.exec(type) ?? [];
  if (service === undefined || kind === undefined) return 'resource';
  return `${service} ${kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`;
}
