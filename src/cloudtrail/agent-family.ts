// userAgent is free text: versions, platforms and features make hundreds of spellings of one tool. Its family is what a
// person would answer to "with what was this done": the tool before the SDK that the tool is built on.

const CONSOLE = 'console';
export const SERVICE_FAMILY = 'AWS service';

/** Asked in this order of the agent in lower case: Terraform's agent names the SDK for Go too, PowerShell's a browser. */
const FAMILIES: readonly (readonly [family: string, pattern: RegExp])[] = [
  ['terraform', /terraform/],
  ['opentofu', /opentofu/],
  ['pulumi', /pulumi/],
  ['packer', /hashicorp.*packer|^packer\//],
  ['vault', /hashicorp.*vault|^vault\//],
  ['ansible', /ansible/],
  ['cdk', /aws-cdk|cdk toolkit/],
  ['cloudformation', /^cloudformation/],
  ['powershell', /powershell/],
  ['cloudshell', /exec-env\/cloudshell/],
  ['aws-cli', /^aws-cli\//],
  ['ssm-agent', /amazon-ssm-agent|^ssm-agent/],
  ['eksctl', /eksctl/],
  [
    'kubernetes',
    /kubernetes|k8s|kubectl|kops\b|karpenter|cluster-autoscaler|[ef][bfs][sx]-csi-driver|external-dns|aws-iam-authenticator|cert-manager/,
  ],
  // The signed-in person's calls that the console makes: under its own name, a page's ("RDS Console"), or as AWS's own.
  [CONSOLE, /^(?:aws[ -]internal|signin\.(?:amazonaws|aws)\.com|console\.)|^[^/,]*console\b|, aws-internal\//],
  [SERVICE_FAMILY, /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws|aws|api\.aws)(?:\.com)?(?:\.cn)?$/],
  ['boto3', /^(?:boto3|botocore|aiobotocore)\b/],
  ['aws-sdk-js', /aws-sdk-(?:js|nodejs)\b/],
  ['aws-sdk-dotnet', /aws-sdk-(?:dotnet|net)\b/],
  ['browser', /^(?:mozilla|opera)(?:\/|$)/],
  ['python', /^(?:python|urllib3)\b/],
  ['nodejs', /^(?:node|undici|axios|got)\b/],
];

/** aws-sdk-go-v2, aws-sdk-ruby3, aws-sdk-cpp: the language is the family. */
const SDK = /\baws-sdk-[a-z]+/;
/** What tools that number their runs append: family-5c59eb79-6dac-405c-a4c4-e19aec03c666. */
const RUN_ID = /[_-][0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** CloudTrail keeps 1 KB; what names the tool is in the first half. */
const MAX_READ = 512;
const MAX_NAME = 40;

/**
 * 'aws-cli', 'boto3', 'console', 'browser', 'aws-sdk-java' …; 'AWS service' for an agent that is a service's host name;
 * else the product before the first '/', in lower case, without brackets and run ids, at most 40 characters.
 * '' for ''. "AWS Internal" counts as the console: most records that say it come from a signed-in person's console.
 */
export function agentFamily(userAgent: string): string {
  const agent = userAgent
    .slice(0, MAX_READ)
    .replace(/^[[<(\s]+/, '')
    .trimEnd()
    .replace(/[\]>]$/, '')
    .toLowerCase();
  if (agent === '') return userAgent.trim() === '' ? '' : 'other';
  const known = FAMILIES.find(([, pattern]) => pattern.test(agent));
  if (known !== undefined) return known[0];
  const sdk = SDK.exec(agent);
  return sdk === null ? productOf(agent) : sdk[0];
}

function productOf(agent: string): string {
  const end = agent.search(/[/,;(\r\n]|\s+v?\d/);
  const product = (end === -1 ? agent : agent.slice(0, end)).trim().replace(RUN_ID, '');
  return product === '' ? 'other' : product.slice(0, MAX_NAME).trimEnd();
}
