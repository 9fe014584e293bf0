import type { Tx } from "../db.server.ts";
import type { Cursor, Direction } from "./search-table.ts";

const lowestId = "00000000-0000-0000-0000-000000000000";
const highestId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** The place just before the first row of a day, `yyyy-mm-dd` in the given time zone, in a list sorted by an instant. */
export async function edgeOfDay(
  { sql }: Tx,
  day: string,
  direction: Direction,
  timeZone: string,
): Promise<Cursor> {
  const next = direction === "desc" ? 1 : 0;
  const [row] = await sql<{ key: string }[]>`
    select to_json((${day}::date + ${next}::int)::timestamp at time zone ${timeZone})#>>'{}' as key`;
  return { key: row?.key ?? "", id: direction === "desc" ? lowestId : highestId };
}
