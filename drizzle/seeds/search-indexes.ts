import type postgres from "postgres";

/**
 * The indexes that are made anew after a large load: keeping word and trigram lists up to date row by row costs
 * several times what building them costs. As in drizzle/schema/desk.ts; a test holds them together.
 */
export const searchIndexes: readonly (readonly [name: string, definition: string])[] = [
  ["order_search_words", "order_search using gin (shop_id, words)"],
  ["order_search_text", "order_search using gin (shop_id, text gin_trgm_ops)"],
  ["customer_search_words", "customer_search using gin (shop_id, words)"],
  ["customer_search_text", "customer_search using gin (shop_id, text gin_trgm_ops)"],
];

/** Lists that are sorted and not searched go on as fast as ever; searches of every shop are slow until the end. */
export async function dropSearchIndexes(sql: postgres.Sql): Promise<void> {
  for (const [name] of searchIndexes) await sql.unsafe(`drop index if exists ${name}`);
}

/**
 * Makes the missing ones, also those that a run that was cut short has left out or half made. Concurrently: other
 * shops go on writing.
 */
export async function createSearchIndexes(sql: postgres.Sql, report: (line: string) => void): Promise<void> {
  await sql`select set_config('maintenance_work_mem', '1GB', false), set_config('statement_timeout', '0', false)`;
  for (const [name, definition] of searchIndexes) {
    const [known] = await sql<{ valid: boolean }[]>`
      select indisvalid as valid from pg_index where indexrelid = to_regclass(${name})`;
    if (known?.valid) continue;
    if (known) await sql.unsafe(`drop index ${name}`);
    const startedAt = performance.now();
    await sql.unsafe(`create index concurrently ${name} on ${definition}`);
    report(`index ${name}: ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  }
}
