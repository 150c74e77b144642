import { type DuckDBAppender, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import { agentFamily } from '../cloudtrail/agent-family.ts';
import type { Duck } from './duck.ts';

/** Rows of one DuckDB vector. */
const VECTOR = 2048;

/** agent_families(id, family, number): for each distinct user agent, by its id in the dictionary, the family it is of,
 *  and that family's number; 0 for no family. */
export class Families {
  readonly #appender: DuckDBAppender;
  #fresh: [ids: number[], families: string[], numbers: number[]] = [[0], [''], [0]];
  readonly #numbers = new Map<string, number>([['', 0]]);

  private constructor(appender: DuckDBAppender) {
    this.#appender = appender;
  }

  static async create(duck: Duck): Promise<Families> {
    await duck.appending.run('CREATE TABLE agent_families (id INTEGER, family VARCHAR, number INTEGER)');
    return new Families(await duck.appending.createAppender('agent_families'));
  }

  /** User agents that are in the dictionary since now, from the id `first` on. */
  add(first: number, agents: readonly string[]): void {
    const [ids, families, numbers] = this.#fresh;
    for (const [k, agent] of agents.entries()) {
      const family = agentFamily(agent);
      const number = this.#numbers.get(family) ?? this.#numbers.size;
      this.#numbers.set(family, number);
      ids.push(first + k);
      families.push(family);
      numbers.push(number);
    }
  }

  /** Makes them visible to queries. */
  settle(): void {
    const [ids, families, numbers] = this.#fresh;
    if (ids.length === 0) return;
    for (let start = 0; start < ids.length; start += VECTOR) {
      const end = Math.min(start + VECTOR, ids.length);
      const chunk = DuckDBDataChunk.create([INTEGER, VARCHAR, INTEGER], end - start);
      chunk.setColumns([ids.slice(start, end), families.slice(start, end), numbers.slice(start, end)]);
      this.#appender.appendDataChunk(chunk);
    }
    this.#appender.flushSync();
    this.#fresh = [[], [], []];
  }

  close(): void {
    this.#appender.closeSync();
  }
}
