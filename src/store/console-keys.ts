import { objectOf, textOf } from '../cloudtrail/json-value.ts';
import type { CallerClaims } from './caller-claims.ts';
import { parsedRecord } from './parsed-record.ts';
import type { RecordSegments } from './record-segments.ts';
import { Slices } from './slices.ts';

/** Records read at a time, the newest. */
const MAX_READ = 5000;
const SLICE = 500;

/** Of the keys of one session in the console some are drawn from another: no call tells of them. They are the session's
 *  where the ARN and the moment it began are the same, and calls of both keys say that they were made in the console:
 *  anybody else may begin a session of that name in that second. */
export class ConsoleKeys {
  readonly #claims: CallerClaims;
  readonly #segments: RecordSegments;
  /** By their beginning: callers whose keys calls handed out. */
  readonly #issued = new Map<number, number[]>();
  /** ARNs (ids) of the others. */
  readonly #drawn = new Set<number>();
  readonly #isConsole = new Map<number, boolean>();

  constructor(claims: CallerClaims, segments: RecordSegments) {
    this.#claims = claims;
    this.#segments = segments;
  }

  /** Takes in the callers [from, to); from 0 on all over again. @returns whether a caller before them may have become
   *  somebody's. */
  async grow(from: number, to: number, signal: AbortSignal): Promise<boolean> {
    const claims = this.#claims;
    if (from === 0) {
      this.#issued.clear();
      this.#drawn.clear();
    }
    const slices = new Slices();
    let isDirty = false;
    const drawn: number[] = [];
    for (let caller = from; caller < to; caller++) {
      if (caller % SLICE === 0) await slices.next();
      const beginning = claims.isHandedOut(caller) ? claims.beginningOf(caller) : -1;
      if (beginning < 0) continue;
      if (claims.issuersOf(caller).length === 0) {
        drawn.push(caller);
        this.#drawn.add(claims.arnOf(caller));
        continue;
      }
      if (!isDirty && from > 0 && this.#drawn.has(claims.arnOf(caller))) isDirty = this.#hasDrawn(beginning, from);
      const known = this.#issued.get(beginning);
      if (known === undefined) this.#issued.set(beginning, [caller]);
      else if (!known.includes(caller)) known.push(caller);
    }
    const open = new Set<number>();
    if (this.#issued.size === 0) return isDirty;
    for (const [k, caller] of drawn.entries()) {
      if (k % SLICE === 0) await slices.next();
      const issued = this.#issued.get(claims.beginningOf(caller));
      for (const each of issued === undefined ? [] : [caller, ...issued])
        if (!this.#isConsole.has(each)) open.add(each);
    }
    await this.#read([...open].slice(-MAX_READ), signal);
    return isDirty;
  }

  issuersOf(caller: number): readonly number[] {
    const claims = this.#claims;
    if (!claims.isHandedOut(caller)) return NONE;
    const direct = claims.issuersOf(caller);
    if (direct.length > 0) return direct;
    const beginning = claims.beginningOf(caller);
    const issued = beginning < 0 ? undefined : this.#issued.get(beginning);
    if (issued === undefined || this.#isConsole.get(caller) !== true) return NONE;
    // Of several that began in that second nothing tells whose it is, unless they agree.
    return issued.every((each) => this.#isConsole.get(each) === true)
      ? [...new Set(issued.flatMap((each) => claims.issuersOf(each)))]
      : NONE;
  }

  /** Whether one of the first `count` callers began so whose key no call handed out. */
  #hasDrawn(beginning: number, count: number): boolean {
    for (let caller = 0; caller < count; caller++) {
      if (this.#claims.beginningOf(caller) === beginning && this.#claims.issuersOf(caller).length === 0) return true;
    }
    return false;
  }

  async #read(callers: readonly number[], signal: AbortSignal): Promise<void> {
    if (callers.length === 0) return;
    const rows = Int32Array.from(callers, (caller) => this.#claims.callers.newest(caller));
    const texts = await this.#segments.read(rows, signal);
    const slices = new Slices();
    for (const [k, caller] of callers.entries()) {
      await slices.next();
      const { sessionCredentialFromConsole } = objectOf(parsedRecord(texts.get(rows[k] as number)));
      this.#isConsole.set(caller, textOf(sessionCredentialFromConsole).toLowerCase() === 'true');
    }
  }
}

const NONE: readonly number[] = [];
