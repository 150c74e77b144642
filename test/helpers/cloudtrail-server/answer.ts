export type Headers = Readonly<Record<string, string>>;

/** What goes back over the wire, before faults and latency. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
};

/** Ends the handling of a request with AWS's name for what is wrong; each protocol words it its own way. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const JSON_11 = { 'content-type': 'application/x-amz-json-1.1' };

export function jsonAnswer(body: string): Answer {
  return { status: 200, headers: JSON_11, body };
}

/** awsJson1_1: the name in `__type`. */
export function jsonError({ code, message, status }: AwsError, more: Headers = {}): Answer {
  return { status, headers: { ...JSON_11, ...more }, body: JSON.stringify({ __type: code, message }) };
}

/** restJson1: the name in a header. */
export function restError({ code, message, status }: AwsError, more: Headers = {}): Answer {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code, ...more };
  return { status, headers, body: JSON.stringify({ message }) };
}

/** The query protocol of STS: XML. */
export function queryAnswer(operation: string, members: Readonly<Record<string, unknown>>): Answer {
  const body =
    `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">` +
    `<${operation}Result>${xml(members)}</${operation}Result>` +
    `<ResponseMetadata><RequestId>${crypto.randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

export function queryError({ code, message, status }: AwsError, more: Headers = {}): Answer {
  const error = xml({ Error: { Type: 'Sender', Code: code, Message: message }, RequestId: crypto.randomUUID() });
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}</ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml', ...more }, body };
}

function xml(value: unknown): string {
  if (typeof value !== 'object' || value === null)
    return String(value).replace(/[<>&]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return Object.entries(value)
    .map(([name, member]) => `<${name}>${xml(member)}</${name}>`)
    .join('');
}
