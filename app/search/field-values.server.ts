import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { SearchTable } from "./search-table.ts";

/** How many of the newest records are looked through: what is in use is in them, and it takes milliseconds. */
const recentRows = 3_000;

/** The values that a keyword field had lately, the commonest first: what the search box offers. */
export function listFieldValues(
  db: Db,
  shopId: ShopId,
  { view, recent = "created_at" }: Pick<SearchTable, "view" | "recent">,
  field: string,
): Promise<string[]> {
  return withShop(db, shopId, async (tx) => {
    const rows = await tx.sql<{ value: string }[]>`
      select substr(word, ${field.length + 3}::int) as value
      from (select words from ${tx.sql(view)} order by ${tx.sql(recent)} desc limit ${recentRows}) as recent
      cross join unnest(tsvector_to_array(words)) word
      where starts_with(word, ${`=${field}=`})
      group by word order by count(*) desc, word limit 50`;
    return rows.map(({ value }) => value);
  });
}
