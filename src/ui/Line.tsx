import { Text } from 'ink';
import { memo, type ReactNode } from 'react';

/** One row of the screen: a painted text, already as wide as its place. The same text is not drawn again. */
export const Line = memo(function Line({ text }: { readonly text: string }): ReactNode {
  // An empty Text has no height, and the rows below it would move up.
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});
