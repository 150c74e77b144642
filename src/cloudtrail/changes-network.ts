// What calls change about a security group: which ports are opened or closed, and to whom.

import { memberOf, severalOf, textIn } from './any-case.ts';
import { type ChangeRule, type ChangeRules, changed, listed } from './resource-change.ts';
import { breadthOf, type GroupRule, groupCallOf } from './security-group-rules.ts';

const rules: ChangeRule = ({ name, request, response, is }) => {
  const call = groupCallOf({ eventName: name, requestParameters: request, responseElements: response });
  const parameters = memberOf(request, `${name}Request`) ?? request;
  if (![call.group, textIn(parameters, 'groupId'), textIn(parameters, 'groupName')].some(is)) {
    // The group stands in another group's rule.
    const peers = severalOf(memberOf(parameters, 'ipPermissions')).flatMap((rule) =>
      severalOf(memberOf(rule, 'groups')),
    );
    return peers.some((peer) => is(textIn(peer, 'groupId'))) ? changed(`${call.group} ${call.change} for it`) : [];
  }
  const widestFirst = call.rules.toSorted((a, b) => breadthOf(b.peer) - breadthOf(a.peer));
  const texts = [...new Set(widestFirst.map(ruleText))];
  if (call.change === 'closed nothing') return changed(`nothing closed: no such rule as ${listed(texts)}`);
  if (texts.length === 0) return changed(`rules ${call.change}`);
  const way = call.rules.every(({ direction }) => direction === 'out') ? 'outbound ' : '';
  return changed(`${way}${call.change} ${listed(texts)}`);
};

/** `22/tcp to 0.0.0.0/0`; of a rule that is only named, its id. */
function ruleText({ ports, peer, id }: GroupRule): string {
  const text = [ports, peer === '' ? '' : `to ${peer}`].filter((part) => part !== '').join(' ');
  return text || id || 'a rule';
}

export const RULE_CHANGES: ChangeRules = {
  AuthorizeSecurityGroupIngress: rules,
  AuthorizeSecurityGroupEgress: rules,
  RevokeSecurityGroupIngress: rules,
  RevokeSecurityGroupEgress: rules,
  ModifySecurityGroupRules: rules,
};
