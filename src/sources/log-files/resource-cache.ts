import { RESOURCE_SEPARATOR } from '../../cloudtrail/fields.ts';
import { resourcesOf } from '../../cloudtrail/resources.ts';
import { Interner } from './interner.ts';
import { KEY } from './record-keys.ts';
import type { RecordView } from './record-view.ts';

/** Parameters remembered with the resources they name, and how long they may be. */
const MAX_REMEMBERED = 30_000;
const MAX_REMEMBERED_BYTES = 4096;
const MAX_CELL_LENGTH = 4096;
const PARTS = [KEY.resources, KEY.requestParameters, KEY.responseElements, KEY.serviceEventDetails];

/** The resources that parameters name. Most calls repeat those of earlier ones to the letter: they are looked for once. */
export class ResourceCache {
  readonly #pool: Interner;
  #texts = new Interner();
  /** Pool id of the resources named by each of `#texts`. */
  #ids: (number | undefined)[] = [];
  readonly #scratch: Buffer = Buffer.allocUnsafeSlow(MAX_REMEMBERED_BYTES + PARTS.length);

  constructor(pool: Interner) {
    this.#pool = pool;
  }

  /** Pool id of the event's resources, joined; 0 where it names none. */
  idOf(view: RecordView): number {
    let length = 0;
    for (const key of PARTS) {
      if (!view.isStated(key)) continue;
      const [from, to] = [view.from(key), view.to(key)];
      if (length + (to - from) > MAX_REMEMBERED_BYTES) return this.#look(view);
      this.#scratch[length++] = key;
      length += view.buffer.copy(this.#scratch, length, from, to);
    }
    if (length === 0) return 0;
    if (this.#texts.size > MAX_REMEMBERED) {
      this.#texts = new Interner();
      this.#ids = [];
    }
    const id = this.#texts.intern(this.#scratch, 0, length);
    const known = this.#ids[id] ?? this.#look(view);
    this.#ids[id] = known;
    return known;
  }

  #look(view: RecordView): number {
    const names = resourcesOf({
      resources: view.parsed(KEY.resources),
      requestParameters: view.parsed(KEY.requestParameters),
      responseElements: view.parsed(KEY.responseElements),
      serviceEventDetails: view.parsed(KEY.serviceEventDetails),
    });
    return names.length === 0 ? 0 : this.#pool.internText(names.join(RESOURCE_SEPARATOR).slice(0, MAX_CELL_LENGTH));
  }
}
