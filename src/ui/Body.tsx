// What stands between header and status line.

import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { AppState } from '../state/app-state.ts';
import { completionHeight } from '../state/completion-list.ts';
import { loadedFrom } from '../state/live.ts';
import { isOffering } from '../state/offers.ts';
import { isPage, type Panel, pageHeight } from '../state/panel.ts';
import { completionLines } from './completion-lines.ts';
import { detailLines } from './detail-lines.ts';
import { Lines } from './EventList.tsx';
import { placeOf } from './facts.ts';
import { histogramLines } from './histogram-lines.ts';
import { Line } from './Line.tsx';
import { ListPane } from './ListPane.tsx';
import { mistakeLines } from './mistake-lines.ts';
import { offerLines } from './offer-lines.ts';
import { overlayHeight, overlayLines, overlayTop } from './overlay-lines.ts';
import { coverHeight, isAtEnd, panelLines } from './panel-lines.ts';
import { pickerLines } from './picker-lines.ts';
import { PROMPT_HEIGHT, promptLines } from './prompt-lines.ts';
import type { BodyProps } from './Screen.tsx';
import { searchLine } from './search-line.ts';
import { timeMenuLines } from './time-menu-lines.ts';

type PartProps = Pick<BodyProps, 'state' | 'theme'>;

export function Body({ state, layout, theme }: BodyProps): ReactNode {
  const { columns, overlay, panel, picker, prompts, timeMenu } = state;
  const height = overlayHeight(state);
  if (prompts.length > 0) {
    // The question pushes down what is under it, so that one still sees what it is about.
    return (
      <>
        <Lines lines={promptLines(prompts, columns, theme)} height={PROMPT_HEIGHT} />
        <Box height={height - PROMPT_HEIGHT} flexDirection="column" overflow="hidden">
          <Box height={height} flexDirection="column" flexShrink={0}>
            <Body state={{ ...state, prompts: [] }} layout={layout} theme={theme} />
          </Box>
        </Box>
      </>
    );
  }
  if (picker !== null) return <Lines lines={pickerLines(state, picker, theme)} height={height} />;
  if (timeMenu !== null) return <Lines lines={timeMenuLines(state, timeMenu, theme)} height={height} />;
  if (panel !== null && overlay?.kind !== 'help')
    return <OverList state={state} layout={layout} panel={panel} theme={theme} />;
  if (overlay !== null) return <Page state={state} theme={theme} />;
  if (isOffering(state)) return <Lines lines={offerLines(state, theme)} height={height} />;
  return <Main state={state} layout={layout} theme={theme} />;
}

/** A panel in place of the list, below the search; or covering a few lines of what is there. */
function OverList({ state, layout, panel, theme }: BodyProps & { readonly panel: Panel }): ReactNode {
  const lines = panelLines(state, panel, theme);
  if (isPage(panel)) {
    return (
      <>
        {layout.search.height > 0 && <Line text={searchLine(state, theme)} />}
        <Lines lines={lines} height={pageHeight(state)} />
      </>
    );
  }
  const height = overlayHeight(state);
  const covered = Math.min(coverHeight(panel), height);
  return (
    <Covered lines={lines} height={height} covered={covered} isEnd={isAtEnd(state)}>
      <Body state={{ ...state, panel: null }} layout={layout} theme={theme} />
    </Covered>
  );
}

/** Lines over the beginning or the end of what is there: that keeps its place. */
function Covered({
  lines,
  height,
  covered,
  isEnd,
  children,
}: {
  readonly lines: readonly string[];
  /** Of both. */
  readonly height: number;
  readonly covered: number;
  readonly isEnd: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const cover = <Lines lines={lines} height={covered} />;
  return (
    <>
      {!isEnd && cover}
      <Box height={height - covered} flexDirection="column" overflow="hidden">
        <Box height={height} flexDirection="column" flexShrink={0} marginTop={isEnd ? 0 : -covered}>
          {children}
        </Box>
      </Box>
      {isEnd && cover}
    </>
  );
}

/** Help and the like, in place of the list. */
function Page({ state, theme }: PartProps): ReactNode {
  const height = overlayHeight(state);
  const top = overlayTop(state);
  const lines = overlayLines(state)
    .slice(top, top + height)
    .map((line) => line.map(([tone, text]) => theme.paint(tone, text)).join(''));
  return <Lines lines={lines} height={height} />;
}

function Main({ state, layout, theme }: BodyProps): ReactNode {
  const { detail, zone, histogram } = state;
  const { arrangement, band, list, separator, search } = layout;
  const place = placeOf(state);
  const isDetailActive = place === 'detail' || place === 'find';
  const listPane = <ListPane state={state} area={list} isActive={!isDetailActive} theme={theme} />;
  const mistakes = mistakeLines(state, theme);
  const border = isDetailActive ? 'accent' : 'quiet';
  const details = arrangement === 'list' ? [] : detailLines(detail, isDetailActive, theme, zone);
  const panes = (
    <>
      {histogram !== null && band.height > 0 && (
        <Lines
          lines={histogramLines(histogram, { ...band, zone, theme, loadedFrom: stillOlder(state) })}
          height={band.height}
        />
      )}
      {arrangement === 'list' && listPane}
      {arrangement === 'detail' && <Lines lines={details} height={layout.detail.height} />}
      {arrangement === 'below' && (
        <>
          {listPane}
          <Line text={theme.paint(border, '─'.repeat(separator.width))} />
          <Lines lines={details} height={layout.detail.height} />
        </>
      )}
      {arrangement === 'side' && (
        <Box height={layout.detail.height}>
          <Box width={list.width} flexDirection="column" flexShrink={0}>
            {listPane}
          </Box>
          <Box width={separator.width + layout.detail.width} flexDirection="column" flexShrink={0}>
            <Lines
              lines={Array.from(
                { length: layout.detail.height },
                (_, line) => theme.paint(border, '│') + (details[line] ?? ''),
              )}
              height={layout.detail.height}
            />
          </Box>
        </Box>
      )}
    </>
  );
  return (
    <>
      {search.height > 0 && <Line text={searchLine(state, theme)} />}
      {state.search.isOpen ? (
        <Covered
          lines={[...completionLines(state, theme), ...mistakes]}
          height={overlayHeight(state) - search.height}
          covered={completionHeight(state.search.completions, state.rows) + mistakes.length}
          isEnd={false}
        >
          {panes}
        </Covered>
      ) : (
        panes
      )}
    </>
  );
}

/** From when on the list is whole while more of it is on its way, ms. What the server looks for comes as it finds it. */
function stillOlder({ live, attribute }: AppState): number | null {
  return live === null || attribute !== null ? null : loadedFrom(live);
}
