import { renamedActions, SERVICE_PREFIXES, whyNoAction } from './iam-action-exceptions.ts';

/** What allows a call: IAM actions, or why none does. */
export type IamActions =
  | { readonly kind: 'actions'; readonly actions: readonly string[] }
  | { readonly kind: 'none'; readonly why: string };

/** Lambda and CloudFront put the version of their API into the name: ListFunctions20150331, CreateDistribution2020_05_31. */
const API_VERSION = /(?:19|20)\d{2}_?\d{2}_?\d{2}(?:v\d+)?$/;
const HOST = /^([a-z0-9-]+(?:\.[a-z0-9-]+)*?)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|aws\.internal)$/;
const NAME = /^[A-Za-z][A-Za-z0-9]{1,127}$/;
/** Hosts whose events are a person’s steps in the console or at a sign-in page. */
const NOT_SERVICES: Readonly<Record<string, string>> = {
  signin: 'a sign-in is not an IAM action',
  billingconsole: 'the billing console’s own event',
};

/** The IAM actions that allow a call, by its eventSource and eventName. */
export function iamActionsOf(source: string, name: string): IamActions {
  const host = HOST.exec(source.trim().toLowerCase().slice(0, 256))?.[1];
  if (host === undefined) return none('eventSource is not a service');
  const notService = Object.hasOwn(NOT_SERVICES, host) ? NOT_SERVICES[host] : undefined;
  if (notService !== undefined) return none(notService);
  const prefix = prefixOf(host);
  const action = name.trim().slice(0, 256).replace(API_VERSION, '');
  if (/_(?:GET|POST|get|post)$/.test(action)) return none('a sign-in page’s request is not an IAM action');
  if (!NAME.test(action)) return none('not the name of an API action');
  if (prefix === 'apigateway') return some([`apigateway:${methodOf(action)}`]);
  const why = whyNoAction(prefix, action);
  if (why !== undefined) return none(why);
  return some(renamedActions(prefix, action) ?? [`${prefix}:${action}`]);
}

function prefixOf(host: string): string {
  const prefix = Object.hasOwn(SERVICE_PREFIXES, host) ? SERVICE_PREFIXES[host] : undefined;
  return prefix ?? host.slice(host.lastIndexOf('.') + 1);
}

/** API Gateway's actions are the methods of its REST calls. */
function methodOf(action: string): string {
  if (/^(?:Get|List)/.test(action)) return 'GET';
  if (/^Update/.test(action)) return 'PATCH';
  if (/^(?:Put|Tag)/.test(action)) return 'PUT';
  return /^(?:Delete|Flush|Untag)/.test(action) ? 'DELETE' : 'POST';
}

const some = (actions: readonly string[]): IamActions => ({ kind: 'actions', actions });
const none = (why: string): IamActions => ({ kind: 'none', why });
