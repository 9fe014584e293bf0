import type { Db } from "../db.server.ts";
import { withShop } from "../db.server.ts";
import { readPage } from "../search/read-page.server.ts";
import type { SearchTable } from "../search/search-table.ts";
import type { Shop } from "../shops/shop.ts";

/** A customer to choose from. */
export interface SuggestedCustomer {
  id: string;
  name: string | null;
  email: string | null;
}

const table = {
  view: "desk_customers",
  id: "customer_id",
  numbers: {},
  days: {},
  sorts: { name: { column: "name_key", type: "text" } },
} satisfies SearchTable;

/** The first customers by name of whom each typed word begins a word. */
export function suggestCustomers(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  text: string,
  limit: number,
): Promise<SuggestedCustomer[]> {
  return withShop(db, shop.id, async (tx) => {
    const term = { kind: "word" as const, value: text, negated: false, start: 0, end: text.length };
    const page = await readPage(
      tx,
      table,
      { query: { terms: [term] }, sort: "name", direction: "asc", limit },
      shop,
    );
    const ids = page.rows.map(({ id }) => id);
    const rows = await tx.sql<SuggestedCustomer[]>`
      select id, nullif(concat_ws(' ', first_name, last_name), '') as name, email
      from customers where shop_id = ${shop.id} and id = any(${ids}::uuid[])`;
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  });
}
