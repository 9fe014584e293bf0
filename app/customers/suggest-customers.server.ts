import type { Db } from "../db.server.ts";
import type { Shop } from "../shops/shop.ts";
import { listCustomers } from "./list-customers.server.ts";

/** A customer to choose from. */
export interface SuggestedCustomer {
  id: string;
  name: string | null;
  email: string | null;
}

/** The first customers by name of whom each typed word begins a word. */
export async function suggestCustomers(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  text: string,
  limit: number,
): Promise<SuggestedCustomer[]> {
  const term = { kind: "word" as const, value: text, negated: false, start: 0, end: text.length };
  const { customers } = await listCustomers(db, shop, {
    query: { terms: [term] },
    sort: "name",
    direction: "asc",
    limit,
  });
  return customers.map(({ id, firstName, lastName, email }) => ({
    id,
    name: [firstName, lastName].filter(Boolean).join(" ") || null,
    email,
  }));
}
