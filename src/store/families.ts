import { type DuckDBAppender, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import { agentFamily } from '../cloudtrail/agent-family.ts';
import type { Duck } from './duck.ts';

/** Rows of one DuckDB vector. */
const VECTOR = 2048;

/** agent_families(id, family): for each distinct user agent, by its id in the dictionary, the family it is of. */
export class Families {
  readonly #appender: DuckDBAppender;
  #fresh: [ids: number[], families: string[]] = [[0], ['']];

  private constructor(appender: DuckDBAppender) {
    this.#appender = appender;
  }

  static async create(duck: Duck): Promise<Families> {
    await duck.appending.run('CREATE TABLE agent_families (id INTEGER, family VARCHAR)');
    return new Families(await duck.appending.createAppender('agent_families'));
  }

  /** A user agent that is in the dictionary since now. */
  add(id: number, agent: string): void {
    this.#fresh[0].push(id);
    this.#fresh[1].push(agentFamily(agent));
  }

  /** Makes them visible to queries. */
  settle(): void {
    const [ids, families] = this.#fresh;
    if (ids.length === 0) return;
    for (let start = 0; start < ids.length; start += VECTOR) {
      const end = Math.min(start + VECTOR, ids.length);
      const chunk = DuckDBDataChunk.create([INTEGER, VARCHAR], end - start);
      chunk.setColumns([ids.slice(start, end), families.slice(start, end)]);
      this.#appender.appendDataChunk(chunk);
    }
    this.#appender.flushSync();
    this.#fresh = [[], []];
  }

  close(): void {
    this.#appender.closeSync();
  }
}
