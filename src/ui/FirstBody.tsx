import type { ReactNode } from 'react';
import { Line } from './Line.tsx';
import { ListPane } from './ListPane.tsx';
import type { BodyProps } from './Screen.tsx';
import { searchLine } from './search-line.ts';

/** Body of the first frame: before any key was read there is the list, and the line that tells what noise hides. */
export function FirstBody({ state, layout, theme }: BodyProps): ReactNode {
  return (
    <>
      {layout.search.height > 0 && <Line text={searchLine(state, theme)} />}
      <ListPane state={state} area={layout.list} isActive theme={theme} />
    </>
  );
}
