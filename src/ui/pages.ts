// Every page of rows. They are read together, when the first of them is opened: nobody waits for them at the start, and
// a file each would cost the start more files.

import type { TableSubject } from '../state/table-panel.ts';
import { BY_PAGE } from './by-page.ts';
import { DENIED_PAGE } from './denied-page.ts';
import { EBS_PAGE } from './ebs-page.ts';
import { INSTANCE_LIFE_PAGE } from './instance-life-page.ts';
import { LAUNCHES_PAGE } from './launches-page.ts';
import { PEOPLE_PAGE } from './people-page.ts';
import { RARE_PAGE } from './rare-page.ts';
import { RELATED_PAGE } from './related-page.ts';
import { RESOURCE_PAGE } from './resource-page.ts';
import { OPENED_PAGE, SECURITY_GROUPS_PAGE } from './security-groups-page.ts';
import { SESSION_PAGE } from './session-page.ts';
import { SESSIONS_PAGE } from './sessions-page.ts';
import { SSH_PAGE } from './ssh-page.ts';
import type { Page } from './table-page.ts';

export const PAGES: Readonly<Record<TableSubject, Page>> = {
  by: BY_PAGE,
  denied: DENIED_PAGE,
  ebs: EBS_PAGE,
  'instance-life': INSTANCE_LIFE_PAGE,
  'launch-details': LAUNCHES_PAGE,
  'opened-to-the-world': OPENED_PAGE,
  related: RELATED_PAGE,
  'security-groups': SECURITY_GROUPS_PAGE,
  session: SESSION_PAGE,
  sessions: SESSIONS_PAGE,
  ssh: SSH_PAGE,
  people: PEOPLE_PAGE,
  rare: RARE_PAGE,
  resource: RESOURCE_PAGE,
};
