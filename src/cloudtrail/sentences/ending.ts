// How it ended: '; denied: explicit deny in a service control policy', '; failed: InvalidInstanceID.NotFound'.

import { denialOf, denialReasonText } from '../denial.ts';
import { iamActionsOf } from '../iam-actions.ts';
import { firstText, type JsonObject, objectOf, textOf } from '../json-value.ts';
import { groupCallOf } from '../security-group-rules.ts';
import { isFailedSignIn } from '../sign-in-outcome.ts';
import { sshAccessOf } from '../ssh-access.ts';
import { short } from './values.ts';

export type Ending = {
  readonly kind: 'ok' | 'failed' | 'dry run';
  /** Stands at the end of the sentence; '' where it simply worked. */
  readonly text: string;
};

/** EC2 answers so where the call would have been allowed and was only to be tried out. */
const DRY_RUN = /^(?:Client\.)?DryRunOperation$/;

export function endingOf(record: JsonObject): Ending {
  const code = textOf(record.errorCode);
  const message = textOf(record.errorMessage);
  const error = firstText(code, message);
  if (DRY_RUN.test(code)) return { kind: 'dry run', text: '; it would have been allowed' };
  if (error === '') return answeredEnding(record);
  const source = textOf(record.eventSource);
  const name = textOf(record.eventName).trim();
  const denial = denialOf({ error, message, source, name });
  if (denial === null) return { kind: 'failed', text: `; failed: ${short(error.replace(/^(?:Client|Server)\./, ''))}` };
  const { reason, action } = denial;
  const called = iamActionsOf(source, name);
  const isOwn = called.kind !== 'actions' || called.actions.includes(action);
  const what = isOwn || action === '' ? '' : ` ${short(action)}`;
  if (reason === 'not-stated') return { kind: 'failed', text: `; denied${what}` };
  return { kind: 'failed', text: `; denied${what}: ${reasonText(reason)}` };
}

/** Calls that succeeded, and whose answer tells that they did not do what they were to. */
function answeredEnding(record: JsonObject): Ending {
  if (isFailedSignIn(record)) return { kind: 'failed', text: '; failed' };
  if (sshAccessOf(record)?.isRefused === true) return { kind: 'failed', text: '; refused' };
  const creation = objectOf(objectOf(record.responseElements).createAccountStatus);
  if (creation.state === 'FAILED') {
    return { kind: 'failed', text: `; failed: ${short(textOf(creation.failureReason)) || 'for a reason not stated'}` };
  }
  const hasNoRule = groupCallOf(record).change === 'closed nothing';
  return { kind: 'ok', text: hasNoRule ? '; no such rule' : '' };
}

function reasonText(reason: Parameters<typeof denialReasonText>[0]): string {
  switch (reason) {
    case 'encoded':
      return 'the reason is in the encoded message';
    case 'vpce':
      return "by the VPC endpoint's policy";
    default:
      return denialReasonText(reason);
  }
}
