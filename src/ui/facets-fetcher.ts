// Counts for the facets while they are open: the field under the cursor first, then the rest. Another question is
// counted at once and ends what was being counted; more events of the same one are counted again from time to time.

import type { Query } from '../query/query.ts';
import { FACET_FIELDS, type FacetsStep, facetField } from '../state/facets-panel.ts';
import type { FacetId } from '../store/analysis.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { messageOf } from './fetcher.ts';
import { Pace } from './pace.ts';

/** What is counted: all fields (`holding` ''), or the values of one field that hold a text. */
type Wanted = { readonly result: Result; readonly field: FacetId; readonly holding: string };

export class FacetsFetcher {
  readonly #store: Pick<Store, 'facets'>;
  readonly #client: Client;
  #abort = new AbortController();
  /** The last count, and whether it is under way. */
  #last: Wanted | null = null;
  #isCounting = false;
  /** It, or one that was ended and has not come to its end. */
  #isBusy = false;
  /** Fields of `#countedOf` that are counted whole. */
  readonly #counted = new Set<FacetId>();
  #countedOf: Result | null = null;
  /** Of counts of one question. */
  readonly #pace = new Pace(500, 2);

  constructor(store: Pick<Store, 'facets'>, client: Client) {
    this.#store = store;
    this.#client = client;
  }

  /** Starts or ends counting, as the state now wants. */
  serve(): void {
    const wanted = this.#wanted();
    if (wanted === null) {
      if (this.#last !== null) this.close();
      return;
    }
    if (this.#isThere(wanted)) return;
    const isSame = this.#last !== null && isSameQuestion(this.#last, wanted);
    if (isSame && (this.#isCounting || this.#pace.isWaiting)) return;
    this.#end();
    // One at a time: what is being ended leads back here.
    if (this.#isBusy) return;
    const count = () => {
      const newest = this.#wanted();
      if (newest !== null && !this.#client.isClosed) void this.#count(newest);
    };
    if (isSame) this.#pace.whenDue(count);
    else this.#pace.now(count);
  }

  /** Ends what is under way; nothing more is asked for by itself. */
  close(): void {
    this.#end();
    this.#last = null;
    this.#countedOf = null;
  }

  #end(): void {
    this.#abort.abort();
    this.#isCounting = false;
    this.#pace.stop();
  }

  #wanted(): Wanted | null {
    const { panel, results } = this.#client.state;
    if (panel?.kind !== 'facets' || results.result === null) return null;
    // A panel that was opened anew knows nothing of what was counted for the one before.
    if (panel.total === null) this.#countedOf = null;
    return { result: results.result, field: facetField(panel), holding: panel.filter.text };
  }

  #isThere({ result, field, holding }: Wanted): boolean {
    if (holding === '') return this.#countedOf === result && this.#counted.size === FACET_FIELDS.length;
    const last = this.#last;
    return last?.result === result && last.field === field && last.holding === holding;
  }

  async #count(wanted: Wanted): Promise<void> {
    const { result, field, holding } = wanted;
    const abort = new AbortController();
    this.#abort = abort;
    this.#last = wanted;
    this.#isCounting = true;
    this.#isBusy = true;
    this.#pace.begin();
    if (this.#countedOf !== result) this.#counted.clear();
    this.#countedOf = result;
    // Narrowed values take the place of all of them.
    if (holding !== '') this.#counted.delete(field);
    try {
      if (holding !== '' || !this.#counted.has(field)) await this.#fill(wanted, [field], abort.signal);
      const rest = FACET_FIELDS.filter((other) => !this.#counted.has(other));
      if (holding === '' && rest.length > 0 && !abort.signal.aborted) await this.#fill(wanted, rest, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted && !this.#client.isClosed) {
        this.#step({ kind: 'fail', reason: `the values could not be counted: ${messageOf(error)}` });
      }
    }
    this.#isBusy = false;
    if (!abort.signal.aborted) {
      this.#pace.end();
      this.#isCounting = false;
    }
    if (!this.#client.isClosed) this.serve();
  }

  async #fill({ result, holding }: Wanted, fields: readonly FacetId[], signal: AbortSignal): Promise<void> {
    const facets = await this.#store.facets(result, fields, { signal, holding });
    if (signal.aborted || this.#client.isClosed) return;
    if (holding === '') for (const { field } of facets) this.#counted.add(field);
    // Of a folded list its events, not its rows.
    const { total } = result.folded?.whole ?? result;
    this.#step({ kind: 'fill', facets, total, holding });
  }

  #step(step: FacetsStep): void {
    this.#client.dispatch({ kind: 'panelStepped', step: { panel: 'facets', ...step } });
  }
}

function isSameQuestion(a: Wanted, b: Wanted): boolean {
  if (queryOf(a) !== queryOf(b) || a.holding !== b.holding) return false;
  return a.holding === '' || a.field === b.field;
}

/** The same object for the same question: see ListSearch. */
function queryOf({ result }: Wanted): Query {
  return result.query;
}
