// The whole screen from the state: a root box of exactly the terminal's size, one Line a row.

import { Box } from 'ink';
import type { ComponentType, ReactNode } from 'react';
import type { AppState } from '../state/app-state.ts';
import { MIN_COLUMNS, MIN_ROWS, type ScreenLayout } from '../state/layout.ts';
import { cutCells } from '../text/width.ts';
import { Lines } from './EventList.tsx';
import { footerLine } from './footer-line.ts';
import { headerLine } from './header-line.ts';
import { Line } from './Line.tsx';
import { statusLine } from './status-line.ts';
import { type Theme, themeNamed } from './theme.ts';

export type BodyProps = { readonly state: AppState; readonly layout: ScreenLayout; readonly theme: Theme };

type ScreenProps = {
  readonly state: AppState;
  /** Between header and status line. */
  readonly Body: ComponentType<BodyProps>;
};

export function Screen({ state, Body }: ScreenProps): ReactNode {
  const { columns, rows, layout } = state;
  const theme = themeNamed(state.theme);
  return (
    <Box width={columns} height={rows} flexDirection="column" overflow="hidden">
      {layout.isTooSmall ? (
        <TooSmall columns={columns} rows={rows} />
      ) : (
        <>
          <Line text={headerLine(state, theme)} />
          <Body state={state} layout={layout} theme={theme} />
          <Line text={statusLine(state, theme)} />
          <Line text={footerLine(state, theme)} />
        </>
      )}
    </Box>
  );
}

function TooSmall({ columns, rows }: { readonly columns: number; readonly rows: number }): ReactNode {
  const text = `too small: ${columns} × ${rows}, needs ${MIN_COLUMNS} × ${MIN_ROWS}`;
  return <Lines lines={[cutCells(text, columns)]} height={rows} />;
}
