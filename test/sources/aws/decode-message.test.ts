import { expect, test } from 'vitest';
import { decodeMessage } from '../../../src/sources/aws/decode-message.ts';
import { access, faultFrom, homeWith, KEYS, type Reply, type Seen, serve, stsError } from './setting.ts';

const never = new AbortController().signal;
const answer = (message: string): Reply => ({
  body: `<DecodeAuthorizationMessageResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><DecodeAuthorizationMessageResult><DecodedMessage>${message}</DecodedMessage></DecodeAuthorizationMessageResult></DecodeAuthorizationMessageResponse>`,
});

async function opened(reply: (request: Seen) => Reply, region = 'eu-west-1') {
  const service = await serve(reply);
  const env = { ...homeWith().env, ...KEYS, AWS_REGION: region, AWS_ENDPOINT_URL_STS: service.url };
  return { open: await access({ profile: null, env }), seen: service.seen };
}

const regionOf = ({ headers }: Seen) => /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];

test('asks in the Region of the event, with the message as it is', async () => {
  const { open, seen } = await opened(() => answer('{&quot;allowed&quot;:false}'));
  expect(await decodeMessage(open, 'ap-southeast-2', 'oOrUqU7Gg-_x==', never)).toBe('{"allowed":false}');
  expect(seen.map(({ action }) => action)).toEqual(['DecodeAuthorizationMessage']);
  expect(new URLSearchParams(seen[0]?.body).get('EncodedMessage')).toBe('oOrUqU7Gg-_x==');
  expect(seen.map(regionOf)).toEqual(['ap-southeast-2']);
});

test.each(['cn-north-1', '', 'a; b'])('an event of %j is asked about in the own Region', async (region) => {
  const { open, seen } = await opened(() => answer('{}'));
  await decodeMessage(open, region, 'oOrUqU7Gg', never);
  expect(seen.map(regionOf)).toEqual(['eu-west-1']);
});

test('says what stands in the way, and what to allow', async () => {
  const refused =
    'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:DecodeAuthorizationMessage';
  const { open } = await opened(() => stsError('AccessDenied', refused));
  const fault = await faultFrom(decodeMessage(open, 'eu-west-1', 'x', never));
  expect(fault).toMatchObject({ kind: 'denied', next: 'allow sts:DecodeAuthorizationMessage on *' });
  expect(fault.message).toContain('user/alice may not call sts:DecodeAuthorizationMessage');

  const invalid = await opened(() => stsError('InvalidAuthorizationMessageException', 'Invalid message', 400));
  expect(await faultFrom(decodeMessage(invalid.open, 'eu-west-1', 'x', never))).toMatchObject({
    message: 'environment: STS cannot read this message: it is cut off, changed, or of a call in another account',
    next: null,
  });

  const empty = await opened(() => answer(''));
  expect((await faultFrom(decodeMessage(empty.open, 'eu-west-1', 'x', never))).kind).toBe('transient');
});

test('ends when the page is left', async () => {
  const { open, seen } = await opened(() => 'hang');
  const leaving = new AbortController();
  const asked = faultFrom(decodeMessage(open, 'eu-west-1', 'x', leaving.signal));
  await expect.poll(() => seen.length).toBe(1);
  leaving.abort();
  expect((await asked).kind).toBe('cancelled');
});
