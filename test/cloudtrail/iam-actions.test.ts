import { describe, expect, test } from 'vitest';
import { iamActionsOf } from '../../src/cloudtrail/iam-actions.ts';
import { generateSample } from '../../src/sources/sample/generate-sample.ts';

const actions = (source: string, name: string) => {
  const called = iamActionsOf(`${source}.amazonaws.com`, name);
  return called.kind === 'actions' ? called.actions.join(' ') : called.why;
};

describe('the IAM actions of a call', () => {
  test.each([
    ['ec2', 'RunInstances', 'ec2:RunInstances'],
    ['ec2-instance-connect', 'SendSSHPublicKey', 'ec2-instance-connect:SendSSHPublicKey'],
    ['monitoring', 'PutMetricAlarm', 'cloudwatch:PutMetricAlarm'],
    ['email', 'SendEmail', 'ses:SendEmail'],
    ['amazonmq', 'CreateBroker', 'mq:CreateBroker'],
    ['cloudcontrolapi', 'GetResource', 'cloudformation:GetResource'],
    ['tagging', 'GetResources', 'tag:GetResources'],
    ['models.lex', 'GetBots', 'lex:GetBots'],
    ['api.ecr', 'GetAuthorizationToken', 'ecr:GetAuthorizationToken'],
    ['execute-api', 'Invoke', 'execute-api:Invoke'],
    ['wafv2', 'GetWebACL', 'wafv2:GetWebACL'],
    ['cognito-idp', 'AdminGetUser', 'cognito-idp:AdminGetUser'],
    ['s3', 'ListObjects', 's3:ListBucket'],
    ['s3', 'HeadObject', 's3:GetObject'],
    ['s3', 'CopyObject', 's3:GetObject s3:PutObject'],
    ['s3', 'ListBuckets', 's3:ListAllMyBuckets'],
    ['s3', 'PutBucketEncryption', 's3:PutEncryptionConfiguration'],
    ['s3', 'GetBucketPolicy', 's3:GetBucketPolicy'],
    ['lambda', 'ListFunctions20150331', 'lambda:ListFunctions'],
    ['lambda', 'UpdateFunctionCode20150331v2', 'lambda:UpdateFunctionCode'],
    ['lambda', 'Invoke', 'lambda:InvokeFunction'],
    ['cloudfront', 'CreateDistribution2020_05_31', 'cloudfront:CreateDistribution'],
    ['cloudfront', 'CreateDistributionWithTags2020_05_31', 'cloudfront:CreateDistribution cloudfront:TagResource'],
    ['kms', 'ReEncrypt', 'kms:ReEncryptFrom kms:ReEncryptTo'],
    ['sqs', 'SendMessageBatch', 'sqs:SendMessage'],
    ['apigateway', 'GetRestApis', 'apigateway:GET'],
    ['apigateway', 'CreateDeployment', 'apigateway:POST'],
    ['apigateway', 'UpdateStage', 'apigateway:PATCH'],
    ['apigateway', 'DeleteStage', 'apigateway:DELETE'],
    ['sts', 'AssumeRole', 'sts:AssumeRole'],
    ['sts', ' DecodeAuthorizationMessage ', 'sts:DecodeAuthorizationMessage'],
    ['sts', 'GetCallerIdentity', 'needs no permission'],
    ['signin', 'ConsoleLogin', 'a sign-in is not an IAM action'],
    ['cognito-idp', 'Token_POST', 'a sign-in page’s request is not an IAM action'],
    ['ec2', 'Insight Start: ApiCallRateInsight RunInstances', 'not the name of an API action'],
    ['ec2', '*', 'not the name of an API action'],
    ['constructor', 'toString', 'constructor:toString'],
  ])('%s %s: %s', (source, name, expected) => {
    expect(actions(source, name)).toBe(expected);
  });

  test('of China’s and Europe’s hosts, and of what is no host', () => {
    expect(iamActionsOf('s3.amazonaws.com.cn', 'HeadBucket')).toEqual({ kind: 'actions', actions: ['s3:ListBucket'] });
    expect(iamActionsOf('ec2.amazonaws.eu', 'RunInstances').kind).toBe('actions');
    for (const source of ['', 'ec2', 'example.com', 'a b.amazonaws.com', `${'a.'.repeat(50_000)}!`]) {
      expect(iamActionsOf(source, 'RunInstances')).toEqual({ kind: 'none', why: 'eventSource is not a service' });
    }
  });

  test('never a wildcard, for every event of the sample', () => {
    for (const text of generateSample({ end: Date.UTC(2026, 10, 22) })) {
      const { eventSource = '', eventName = '' } = JSON.parse(text) as Record<string, string>;
      const called = iamActionsOf(eventSource, eventName);
      if (called.kind === 'actions')
        for (const action of called.actions) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
    }
  });
});
