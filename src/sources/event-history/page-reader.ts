import type { LookupAttribute } from '../../cloudtrail/lookup-attribute.ts';
import type { Batch } from '../../store/batch.ts';
import type { Fault } from '../aws/fault.ts';

/** One page to be asked for; times in ms, whole seconds, ends included. */
export type PageQuestion = {
  readonly attribute: LookupAttribute | null;
  readonly from: number;
  readonly to: number;
  readonly token: string | null;
};

/** One page as a lane needs it. */
export type PageAnswer = {
  /** In the order of the page. `time`: ms, NaN where the event states none. `id`: never empty. */
  readonly events: readonly { readonly id: string; readonly time: number }[];
  readonly token: string | null;
  /** When AWS answered, by its own clock, ms; null where it does not say. */
  readonly date: number | null;
  /** The events of which `keep` holds, as batches; `firstSequence` is the place of the oldest (see Batch.sequence). */
  batches(keep: (index: number) => boolean, origin: number, firstSequence: number): readonly Batch[];
};

/** How a lane reads pages by one profile's credentials. */
export type PageReader = {
  /** Settles when there are credentials to ask with, which can take a helper's or a person's time. @throws FaultError */
  ready(signal: AbortSignal): Promise<void>;
  /** @throws FaultError */
  read(question: PageQuestion, signal: AbortSignal): Promise<PageAnswer>;
  /** A refusal as it is to be told: AWS says the same for a wrong key and a Region that is off. */
  explain(fault: Fault, signal: AbortSignal): Promise<Fault>;
};
