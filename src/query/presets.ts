// Questions that people bring to CloudTrail again and again, each as a query that anyone can read and change.

export type Preset = {
  /** As `--preset` takes it: kebab-case. */
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** In the search language; without times, so that it asks over all that is loaded. */
  readonly query: string;
  /** The page that shows the answer better than the list does. */
  readonly page?:
    | 'denied'
    | 'by'
    | 'ssh'
    | 'instance-life'
    | 'launch-details'
    | 'ebs'
    | 'security-groups'
    | 'opened-to-the-world';
  /** Of the page `by`: fields and record paths that are counted by. */
  readonly by?: readonly string[];
};

/** What the explorer opens over the list. */
export type PresetPage = Pick<Preset, 'page' | 'by'>;

export const PRESETS: readonly Preset[] = [
  {
    name: 'recent-changes',
    title: 'Recent changes',
    about: 'everything that changed something, or tried to; newest first',
    query: '!readOnly:true',
  },
  {
    name: 'changes-by-person',
    title: 'Changes, by person',
    about: 'how many changes each person made or tried to make, and when last',
    query: '!readOnly:true',
    page: 'by',
    by: ['who'],
  },
  {
    name: 'deletions',
    title: 'Deleted and terminated',
    about: 'what was deleted, terminated, detached or released, and by whom',
    query:
      'name:Delete*,BatchDelete*,Terminate*,Deregister*,Release*,Detach*,Purge*,ScheduleKeyDeletion !name:TerminateSession !readOnly:true',
  },
  {
    name: 'failures',
    title: 'Failures',
    about: 'calls that ended in an error, denied ones included',
    query: 'error:*',
  },
  {
    name: 'denied',
    title: 'Denied',
    about: 'calls that were not allowed, by person, action and reason',
    query: 'error:denied',
    page: 'denied',
  },
  {
    name: 'console-sign-ins-without-mfa',
    title: 'Console sign-ins without MFA',
    about: 'root and IAM users whose ConsoleLogin does not say MFA was used; federated users give theirs elsewhere',
    query: 'name:ConsoleLogin !mfa:true !type:AssumedRole',
  },
  {
    name: 'console-sign-ins',
    title: 'Console sign-ins',
    about: 'sign-ins to the console, failed ones and changes of role included',
    query: 'source:signin name:ConsoleLogin,UserAuthentication,SwitchRole,ExitRole,CheckMfa',
  },
  {
    name: 'sign-ins-new-address',
    title: 'Console sign-ins from a new address',
    about:
      'ConsoleLogin that is the first event of its person, or their first from that address, among the events that are loaded',
    query: 'name:ConsoleLogin first:ip,who',
    page: 'by',
    by: ['who', 'ip'],
  },
  { name: 'root', title: 'Root', about: 'everything that the root users of the accounts did', query: 'type:Root' },
  {
    name: 'new-addresses',
    title: 'New addresses',
    about: "a person's first event from an address that is no AWS service's, among the events that are loaded",
    query: 'first:ip,who !ip:*.amazonaws.com',
  },
  {
    name: 'iam-changes',
    title: 'IAM changes',
    about: 'users, roles, policies and keys changed, in IAM and in IAM Identity Center',
    query: 'source:iam,sso,sso-directory,identitystore !readOnly:true',
  },
  {
    name: 'new-access',
    title: 'New users, keys, roles and policies',
    about: 'ways in that somebody made, or tried to make',
    query:
      'source:iam name:CreateUser,CreateRole,CreateAccessKey,CreateLoginProfile,UpdateLoginProfile,CreatePolicy,CreatePolicyVersion,' +
      'Attach*Policy,Put*Policy,AddUserToGroup,UpdateAssumeRolePolicy,CreateServiceSpecificCredential,UploadSSHPublicKey,' +
      'UploadSigningCertificate,CreateSAMLProvider,CreateOpenIDConnectProvider',
  },
  {
    name: 'launches',
    title: 'Instances launched, by person and type',
    about: 'who launched instances, of which type, and how often it failed',
    query: 'name:RunInstances',
    page: 'by',
    by: ['who', 'requestParameters.instanceType'],
  },
  {
    name: 'launch-details',
    title: 'Instances launched, in detail',
    about: 'each launch with its image, key pair, role, subnet, metadata service and instances',
    query: 'name:RunInstances',
    page: 'launch-details',
  },
  {
    name: 'ec2-instance-life',
    title: 'EC2 instances: run, start, stop, terminate',
    about: 'who launched, started, stopped, rebooted and terminated instances',
    query:
      'name:RunInstances,StartInstances,StopInstances,RebootInstances,TerminateInstances,RequestSpotInstances,RequestSpotFleet,' +
      'CreateFleet,BidEvictedEvent,TerminateInstanceInAutoScalingGroup',
    page: 'instance-life',
  },
  {
    name: 'ebs',
    title: 'EBS volumes and snapshots',
    about: 'volumes and snapshots made, attached, shared, copied and deleted; and blocks read or written',
    query:
      'source:ec2 name:*Volume,*Snapshot,*Snapshots,ModifySnapshotAttribute,SharedSnapshot* !name:Describe*,List* | source:ebs',
    page: 'ebs',
  },
  {
    name: 'ssh',
    title: 'SSH access',
    about: 'keys pushed by EC2 Instance Connect, tunnels, the serial console, and Session Manager',
    // The AWS guide's own record has a space at the end of such a name. Athena has a StartSession too.
    query:
      'source:ec2-instance-connect name:SendSSHPublicKey*,SendSerialConsoleSSHPublicKey*,OpenTunnel* | source:ssm name:StartSession*,ResumeSession*',
    page: 'ssh',
  },
  {
    name: 'secrets-read',
    title: 'Secrets and keys read',
    about:
      'secrets, encrypted parameters and instance passwords that were read, and KMS keys used to decrypt, not through a service',
    query:
      'source:secretsmanager name:GetSecretValue,BatchGetSecretValue | source:ssm name:GetParameter,GetParameters,GetParametersByPath requestParameters.withDecryption:true | source:kms name:Decrypt !service:* | source:ec2 name:GetPasswordData',
    page: 'by',
    by: ['who', 'ip', 'resource'],
  },
  {
    name: 'security-groups',
    title: 'Security groups',
    about: 'what was opened, closed and changed',
    query: 'source:ec2 name:*SecurityGroup*,ModifyNetworkInterfaceAttribute !name:Describe*,Get*',
    page: 'security-groups',
  },
  {
    name: 'opened-to-the-world',
    title: 'Ports opened to the world',
    about: 'ports that security groups opened to everybody, and when they were closed again',
    query: "name:AuthorizeSecurityGroupIngress,ModifySecurityGroupRules ('0.0.0.0/0 | '::/0)",
    page: 'opened-to-the-world',
  },
  {
    name: 'public-access',
    title: 'Made public, or opened to the world',
    about:
      'ports, snapshots, images, functions and databases opened to everybody; every change of what keeps a bucket private',
    query:
      "name:AuthorizeSecurityGroupIngress,ModifySecurityGroupRules ('0.0.0.0/0 | '::/0) | " +
      'name:ModifySnapshotAttribute requestParameters.createVolumePermission.add.items.group:all | ' +
      'name:ModifyImageAttribute requestParameters.launchPermission.add.items.group:all | ' +
      'source:rds,redshift (requestParameters.publiclyAccessible:true | requestParameters.valuesToAdd:all) | ' +
      'source:lambda (requestParameters.authType:NONE | requestParameters.principal:\\*) | ' +
      'source:s3 name:PutBucketPolicy,PutBucketAcl,Put*PublicAccessBlock,Delete*PublicAccessBlock',
  },
  {
    name: 'trail-tampering',
    title: 'Trail tampering',
    about: 'logging stopped, trails changed or deleted, and the watchers beside CloudTrail switched off',
    query:
      'source:cloudtrail name:StopLogging,DeleteTrail,UpdateTrail,PutEventSelectors,PutInsightSelectors,DeleteEventDataStore,' +
      'UpdateEventDataStore,StopEventDataStoreIngestion | source:config name:StopConfigurationRecorder,DeleteConfigurationRecorder,' +
      'DeleteDeliveryChannel | source:guardduty name:DeleteDetector,UpdateDetector | source:securityhub name:DisableSecurityHub | name:DeleteFlowLogs',
  },
];

/** By its name in any case; undefined when there is none. */
export function findPreset(name: string): Preset | undefined {
  const sought = name.trim().toLowerCase();
  return PRESETS.find((preset) => preset.name === sought);
}
