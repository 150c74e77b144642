import { expect, test } from 'vitest';
import { consoleLink } from '../../src/cloudtrail/console-link.ts';

const eventID = '6a7ec681-49a5-4403-99a2-d3c1229e8063';

test.each([
  ['eu-west-1', `https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/${eventID}`],
  ['cn-north-1', `https://cn-north-1.console.amazonaws.cn/cloudtrailv2/home?region=cn-north-1#/events/${eventID}`],
  [
    'us-gov-west-1',
    `https://us-gov-west-1.console.amazonaws-us-gov.com/cloudtrailv2/home?region=us-gov-west-1#/events/${eventID}`,
  ],
  [
    'eusc-de-east-1',
    `https://eusc-de-east-1.console.amazonaws-eusc.eu/cloudtrailv2/home?region=eusc-de-east-1#/events/${eventID}`,
  ],
  ['us-iso-east-1', null],
  ['us-isob-east-1', null],
  ['eu-isoe-west-1', null],
  ['', null],
  ['evil.example.com/', null],
  ['a@b-1', null],
  ['eu-west-1\u001b]8', null],
])('the page of an event in %j', (region, link) => {
  expect(consoleLink({ region, eventID })).toBe(link);
});

test('an id that is none cannot leave its place in the link', () => {
  expect(consoleLink({ region: 'eu-west-1', eventID: '' })).toBeNull();
  expect(consoleLink({ region: 'eu-west-1', eventID: 'a/../b?c#d "\u001b' })).toMatch(
    /#\/events\/a%2F..%2Fb%3Fc%23d%20%22%1B$/,
  );
  expect(consoleLink({ region: 'eu-west-1', eventID: '\ud800' })).toMatch(/#\/events\/%EF%BF%BD$/);
});
