import postgres from "postgres";

/** What a database holds: by table the count and a checksum of the rows, by sequence the last value. */
export interface Fingerprint {
  tables: Map<string, { rows: number; checksum: string }>;
  sequences: Map<string, bigint>;
}

/** A sequence is logged this far ahead of its use, so after a crash it goes on a little later. It never goes back. */
const loggedAhead = 33n;

/**
 * Reads it all, whoever it belongs to.
 * @param adminUrl address of a superuser: row-level security would hide rows from anybody else
 */
export async function fingerprint(adminUrl: string): Promise<Fingerprint> {
  const sql = postgres(adminUrl, { max: 1, connection: { TimeZone: "UTC" } });
  try {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1`;
    const found: Fingerprint = { tables: new Map(), sequences: new Map() };
    for (const { name } of tables) {
      const [row] = await sql.unsafe<{ rows: string; checksum: string }[]>(
        `select count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as checksum from ${name} t`,
      );
      found.tables.set(name, { rows: Number(row?.rows), checksum: String(row?.checksum) });
    }
    const sequences = await sql<{ name: string; last: string }[]>`
      select format('%I.%I', schemaname, sequencename) as name, coalesce(last_value, 0) as last from pg_sequences`;
    for (const { name, last } of sequences) found.sequences.set(name, BigInt(last));
    return found;
  } finally {
    await sql.end();
  }
}

/** Names what differs, a sentence each; empty when nothing does. */
export function differences(before: Fingerprint, after: Fingerprint): string[] {
  const tables = [...new Set([...before.tables.keys(), ...after.tables.keys()])].flatMap((name) => {
    const [was, is] = [before.tables.get(name), after.tables.get(name)];
    if (was?.rows === is?.rows && was?.checksum === is?.checksum) return [];
    return [`${name}: ${was?.rows ?? "no"} rows before, ${is?.rows ?? "no"} after, or not the same ones`];
  });
  const sequences = [...before.sequences].flatMap(([name, was]) => {
    const is = after.sequences.get(name);
    return is !== undefined && is >= was && is - was <= loggedAhead
      ? []
      : [`${name}: ${was} before, ${is} after`];
  });
  return [...tables, ...sequences];
}

export const rowsOf = ({ tables }: Fingerprint) =>
  [...tables.values()].reduce((sum, { rows }) => sum + rows, 0);
