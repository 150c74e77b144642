import { expect, test } from 'vitest';
import { access, faultFrom, homeWith, KEYS, keys, serve, sts } from './setting.ts';

test('two profiles with an endpoint_url each talk to their own', async () => {
  const [one, two] = [
    await serve((request) => sts(request, '111111111111')),
    await serve((request) => sts(request, '222222222222')),
  ];
  const home = homeWith({
    '.aws/config': `[profile one]\nregion = eu-west-1\nendpoint_url = ${one.url}\n${keys('AKIAONE')}
[profile two]\nregion = eu-west-1\nservices = local\n${keys('AKIATWO')}
[services local]\nsts =\n  endpoint_url = ${two.url}\ncloudtrail =\n  endpoint_url = http://127.0.0.1:9\n`,
  });
  const env = { ...home.env, AWS_PROFILE: 'one' };
  const [first, second] = [await access({ profile: 'one', env }), await access({ profile: 'two', env })];
  expect((await second.caller()).account).toBe('222222222222');
  expect((await first.caller()).arn).toBe('arn:aws:iam::111111111111:user/AKIAONE');
  expect([one.seen.length, two.seen.length]).toEqual([1, 1]);
  expect(second.endpoint('cloudtrail')).toBe('http://127.0.0.1:9');
  expect(second.endpoint('account')).toBeUndefined();
  expect(first.endpoint('account')).toBe(one.url);
  expect(first.fingerprint).not.toBe(second.fingerprint);
});
