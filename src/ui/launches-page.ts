// --preset launch-details — what each launch was of: image, key pair, role, network, metadata service.

import { type Launch, launchOf } from '../cloudtrail/launch.ts';
import { outcomeOf } from '../cloudtrail/outcome.ts';
import type { TableColumn, TableRow } from '../state/table-panel.ts';
import { whoText } from '../state/who-text.ts';
import { formatCount, type TimeZoneChoice } from '../text/format.ts';
import { namedText } from './instance-life-page.ts';
import { timeText } from './page-times.ts';
import {
  aboutRead,
  aroundRow,
  presetQuery,
  RESULT_COLUMN,
  type ReadEvent,
  readNewest,
  TIME_COLUMN,
  WHO_COLUMN,
} from './record-page.ts';
import { noneText, type Page } from './table-page.ts';

const LAUNCH_COLUMNS: readonly TableColumn[] = [
  TIME_COLUMN,
  WHO_COLUMN,
  { title: 'WHAT', min: 10, max: 24 },
  { title: 'AMI', min: 12, max: 21, cut: 'start' },
  { title: 'KEY PAIR', min: 8, max: 40 },
  RESULT_COLUMN,
  { title: 'ROLE', min: 8, max: 50 },
  { title: 'PUBLIC', min: 6, max: 6 },
  { title: 'IMDS', min: 7, max: 10 },
  { title: 'USER DATA', min: 9, max: 9 },
  { title: 'INSTANCES', min: 19, max: 60 },
  { title: 'SUBNET', min: 12, max: 40, cut: 'start' },
  { title: 'TEMPLATE', min: 10, max: 50 },
];

const NONE = noneText('Nobody launched an instance: not in these events.');

export const LAUNCHES_PAGE: Page = {
  head: () => ({ title: 'Launches of instances', columns: LAUNCH_COLUMNS, none: NONE }),
  fill: async (asked) => {
    const { store, within, state, signal } = asked;
    const result = await within(presetQuery('launch-details'), signal);
    const { found, read } = await readNewest(store, result, signal, (one) => {
      const launch = launchOf(one.record);
      return launch === null ? [] : [{ ...one, launch }];
    });
    const about = aboutRead(result.total, read, asked, '–: the record does not state it');
    return { rows: launchRows(found, state.zone), about, none: NONE };
  },
};

type LaunchEvent = ReadEvent & { readonly launch: Launch };

function launchRows(launches: readonly LaunchEvent[], zone: TimeZoneChoice): readonly TableRow[] {
  const timeOf = timeText(
    launches.map(({ event }) => event.time),
    zone,
  );
  return launches.map((one) => {
    const { event, launch } = one;
    const said = (text: string) => text || '–';
    return aroundRow(one, {
      cells: [
        timeOf(event.time),
        whoText(event),
        said(whatText(launch)),
        said(launch.image),
        said(launch.keyPair),
        outcomeOf(event.cells).text,
        said(launch.profile),
        said(launch.publicAddress),
        said(launch.metadata),
        launch.hasUserData ? 'yes' : '–',
        said(namedText(launch.instances)),
        said([launch.subnet, launch.vpc].filter((part) => part !== '').join(' in ')),
        said(launch.template),
      ],
      isQuiet: event.cells.error !== '',
    });
  });
}

/** `3 × m5.large` */
function whatText({ count, type }: Launch): string {
  const many = count === 0 ? '' : formatCount(count);
  return type === '' || many === '' ? many || type : `${many} × ${type}`;
}
