// Made-up records by the thousand, for tests that count events. Small on purpose; the sample has real-looking ones.

export type RecordsOptions = {
  readonly count: number;
  /** Time of the newest, ms. */
  readonly newest: number;
  /** From one event to the next older one; a second when left out. Below 1000 several share a second. */
  readonly stepMs?: number;
  readonly account?: string;
  readonly region?: string;
  /** In front of the number in the event ID, to tell sets apart. */
  readonly prefix?: string;
};

const NAMES = ['DescribeInstances', 'GetCallerIdentity', 'RunInstances', 'TerminateInstances', 'ListRoles'] as const;

/** JSON texts, newest first: eventID `<prefix>0000000` is the newest. */
export function* madeUpRecords(options: RecordsOptions): Generator<string> {
  const { count, newest, stepMs = 1000, account = '111122223333', region = 'us-east-1', prefix = 'e' } = options;
  for (let index = 0; index < count; index++) {
    const eventName = NAMES[index % NAMES.length] as string;
    const user = `user-${index % 7}`;
    yield JSON.stringify({
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: 'AIDAEXAMPLE',
        arn: `arn:aws:iam::${account}:user/${user}`,
        accountId: account,
        accessKeyId: `AKIAEXAMPLE${index % 5}`,
        userName: user,
      },
      eventTime: `${new Date(newest - index * stepMs).toISOString().slice(0, 19)}Z`,
      eventSource: eventName.endsWith('Instances') ? 'ec2.amazonaws.com' : 'iam.amazonaws.com',
      eventName,
      awsRegion: region,
      sourceIPAddress: '192.0.2.1',
      userAgent: 'test',
      requestParameters: { instanceId: `i-${String(index % 100).padStart(17, '0')}` },
      responseElements: null,
      eventID: eventId(index, prefix),
      readOnly: index % NAMES.length < 2 || index % NAMES.length === 4,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    });
  }
}

/** eventID of the record with that number. */
export function eventId(index: number, prefix = 'e'): string {
  return `${prefix}${String(index).padStart(7, '0')}`;
}
