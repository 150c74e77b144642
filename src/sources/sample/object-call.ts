import { ACCOUNTS } from './company.ts';
import type { CallDetails } from './record.ts';

/** What a call on one S3 object says: a data event. */
export function objectCall(bucketName: string, key: string): CallDetails {
  return {
    isData: true,
    request: { bucketName, key },
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucketName}/${key}` },
      { accountId: ACCOUNTS.prod, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` },
    ],
  };
}
