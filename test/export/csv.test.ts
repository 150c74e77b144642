import { expect, test } from 'vitest';
import { CONSOLE_CSV_COLUMNS, recordOfConsoleRow } from '../../src/cloudtrail/console-csv.ts';
import { consoleCsv } from '../../src/export/csv.ts';
import { sanitize } from '../../src/text/sanitize.ts';

async function csv(texts: readonly string[], show?: (value: string) => string): Promise<string> {
  async function* batches() {
    yield texts;
  }
  let text = '';
  for await (const chunk of consoleCsv(batches(), show)) text += chunk;
  return text;
}

const HEAD = CONSOLE_CSV_COLUMNS.join(',');

test('a record as the console would list it', async () => {
  const record = {
    eventTime: '2026-05-19T14:02:11Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'TerminateInstances',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.15.0 md/a "quoted", b',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      sessionContext: { sessionIssuer: { type: 'Role', userName: 'Admin' } },
    },
    readOnly: false,
    requestID: 'r-1',
    eventID: 'e-1',
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
  };
  expect(await csv([JSON.stringify(record)])).toBe(
    `${HEAD}\nalice,ASIAIOSFODNN7EXAMPLE,2026-05-19T14:02:11Z,ec2.amazonaws.com,TerminateInstances,eu-west-1,203.0.113.9,` +
      `"aws-cli/2.15.0 md/a ""quoted"", b",,[],r-1,e-1,false,AwsApiCall,111122223333,Management\n`,
  );
});

test('a row of the console comes out equal, cell by cell', async () => {
  const row = CONSOLE_CSV_COLUMNS.map((name, index) => (index % 3 === 0 ? '' : `${name}, "x"\ny`));
  const quoted = row.map((cell) => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',');
  expect(await csv([recordOfConsoleRow(row)])).toBe(`${HEAD}\n${quoted}\n`);
});

test('no events: the titles alone', async () => {
  expect(await csv([])).toBe(`${HEAD}\n`);
});

test('for a terminal nothing is left to obey', async () => {
  const text = JSON.stringify({ eventName: '\u001b[2Jx\r\ny\u202e', eventTime: 'now' });
  expect(await csv([text], sanitize)).toContain('\\u001b[2Jx\\r\\ny\\u202e');
});

test('a list where a text belongs is shown as its JSON', async () => {
  expect(await csv(['{"eventName":["a","b"],"errorCode":{"x":1},"awsRegion":null}'])).toBe(
    `${HEAD}\n,,,,"[""a"",""b""]",,,,"{""x"":1}",[],,,,,,\n`,
  );
});
