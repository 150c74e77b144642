import type { CloudTrailServer } from '../../helpers/cloudtrail-server/server.ts';
import type { TestTerminal } from '../../helpers/terminal.ts';

export type Scene = {
  /** Its file in docs/pictures/, without the ending. */
  readonly name: string;
  /** What stands in the window's title bar. */
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  /** What trailx is started with. */
  readonly args: readonly string[];
  /** Types its way to the picture; ends when the screen shows what the picture is about. */
  readonly play: (terminal: TestTerminal) => Promise<unknown>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Of event history: the account it is drawn from. */
  readonly live?: LiveScene;
};

export type LiveScene = {
  /** Makes go wrong what the picture is about, before trailx starts. */
  readonly prepare?: (server: CloudTrailServer, home: string) => void;
  /** How far AWS's clock is ahead of this machine's, ms. */
  readonly clockAheadMs?: number;
};
