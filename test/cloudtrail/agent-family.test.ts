import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agentFamily } from '../../src/cloudtrail/agent-family.ts';

describe('the family of a user agent', () => {
  test.each([
    ['', ''],
    ['  ', ''],
    ['aws-cli/1.18.1 Python/3.8.5 Linux/5.4 botocore/1.17.1', 'aws-cli'],
    ['aws-cli/2.31.4 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0', 'aws-cli'],
    ['[aws-cli/2.31.4 ua/2.1]', 'aws-cli'],
    ['aws-cli/2.13.5 Python/3.11.4 Linux/4.14 exec-env/CloudShell exe/x86_64', 'cloudshell'],
    ['Boto3/1.40.12 md/Botocore#1.40.12 ua/2.1', 'boto3'],
    ['Botocore/1.29.1 Python/3.9', 'boto3'],
    ['Boto/2.29.1 Python/2.7', 'boto'],
    ['aws-sdk-java/2.25.11 Linux/5.10', 'aws-sdk-java'],
    ['aws-sdk-js/3.901.0 ua/2.1', 'aws-sdk-js'],
    ['aws-sdk-nodejs/2.1 linux/v20 exec-env/AWS_Lambda_nodejs20.x', 'aws-sdk-js'],
    ['aws-sdk-go/1.55.5 (go1.22.4; linux; amd64)', 'aws-sdk-go'],
    ['aws-sdk-go-v2/1.32.3 os/linux lang/go#1.23', 'aws-sdk-go'],
    ['OpsWorks aws-sdk-ruby/1.18.0 ruby/1.9.3', 'aws-sdk-ruby'],
    ['aws-sdk-ruby3/3.190 ua/2.0', 'aws-sdk-ruby'],
    ['aws-sdk-rust/1.3 os/linux', 'aws-sdk-rust'],
    ['aws-sdk-dotnet-coreclr/3.7', 'aws-sdk-dotnet'],
    ['APN/1.0 HashiCorp/1.0 Terraform/1.13.3 (+https://www.terraform.io) terraform-provider-aws/6.14', 'terraform'],
    ['aws-sdk-go/1.29.7 (go1.13.7; linux) APN/1.0 HashiCorp/1.0 Terraform/0.12', 'terraform'],
    ['APN/1.0 OpenTofu/1.0 OpenTofu/1.8 aws-sdk-go-v2/1.30', 'opentofu'],
    ['APN/1.0 Pulumi/1.0 PulumiAws/6 aws-sdk-go-v2/1.30', 'pulumi'],
    ['APN/1.0 HashiCorp/1.0 Packer/1.9 aws-sdk-go/1.44', 'packer'],
    ['APN/1.0 Ansible/2.16 Boto3/1.34', 'ansible'],
    ['aws-cdk/2.160 aws-sdk-js/3.6', 'cdk'],
    ['cloudformation.amazonaws.com', 'cloudformation'],
    ['AWSPowerShell.Common/4.1 .NET_Core/6', 'powershell'],
    ['Mozilla/5.0 (Windows NT; en-US) WindowsPowerShell/5.1', 'powershell'],
    ['aws-sdk-go/1.41.4 (go1.18.3; linux; amd64) amazon-ssm-agent/', 'ssm-agent'],
    ['amazon-ssm-agent/3.3.2299.0', 'ssm-agent'],
    ['aws-sdk-go/1.33.14 (go1.13; linux; amd64) amazon-vpc-cni-k8s', 'kubernetes'],
    ['karpenter.sh-1.0 aws-sdk-go-v2/1.3', 'kubernetes'],
    ['aws-sdk-go-v2/1.30 ebs-csi-driver/1.4', 'kubernetes'],
    ['console.amazonaws.com', 'console'],
    ['console.ec2.amazonaws.com', 'console'],
    ['signin.amazonaws.com', 'console'],
    ['AWS Internal', 'console'],
    ['aws-internal/3 aws-sdk-java/1.11 Linux', 'console'],
    ['[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12]', 'console'],
    ['[AWSCloudTrail, aws-internal/3 aws-sdk-java/1.12]', 'console'],
    ['EC2 Spot Console, aws-internal/3', 'console'],
    ['AWS-Console-Mobile/1.2', 'console'],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0', 'browser'],
    ['Mozilla', 'browser'],
    ['ec2.amazonaws.com', 'AWS service'],
    ['resource-explorer-2.amazonaws.com', 'AWS service'],
    ['ec2.amazonaws.com.cn', 'AWS service'],
    ['python-requests/2.28.0', 'python'],
    ['Python-httplib2/0.8 (gzip)', 'python'],
    ['node-fetch/3.0', 'nodejs'],
    ['stratus-red-team_5c59eb79-6dac-405c-a4c4-e19aec03c666', 'stratus-red-team'],
    ['TruffleHog', 'trufflehog'],
    ['trufflehog/3.63.0', 'trufflehog'],
    ['ec2-api-tools 1.6.12.2', 'ec2-api-tools'],
    ['curl/8.5.0', 'curl'],
    ['/', 'other'],
    ['[', 'other'],
  ])('%j is %j', (agent, family) => {
    expect(agentFamily(agent)).toBe(family);
  });

  test('of any text is one short line, and empty only for nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        const family = agentFamily(text);
        expect(family.length).toBeLessThanOrEqual(40);
        expect(family).not.toMatch(/[\r\n]/);
        expect(family === '').toBe(text.trim() === '');
      }),
    );
  });

  test('of a very long agent is found without reading it all', () => {
    expect(agentFamily(`curl/8 ${'hashicorp '.repeat(100_000)}`)).toBe('curl');
    expect(agentFamily('x'.repeat(1_000_000))).toBe('x'.repeat(40));
  });
});
