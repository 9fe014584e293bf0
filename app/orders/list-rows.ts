import { z } from "zod";
import type { Cursor } from "../search/search-table.ts";
import { type ListAddress, listSearch } from "./list-address.ts";
import type { ListedOrder, OrderPage } from "./list-orders.server.ts";
import { orderIdSchema } from "./order.ts";

/** How many rows one request for more brings. */
export const rowsPerRequest = 200;

/** How many orders one request asks for by id; their ids fill 3.7 KB of the address. */
export const idsPerRequest = 100;

const requestSchema = z.object({
  ids: z.array(orderIdSchema).min(1).max(idsPerRequest).nullable().catch(null),
  limit: z.coerce.number().int().min(1).max(rowsPerRequest).catch(rowsPerRequest),
});

/** What an address of the rows asks for beyond the list itself. Null ids ask for a page. */
export function parseRowsRequest(search: URLSearchParams): z.output<typeof requestSchema> {
  return requestSchema.parse({ ids: search.get("ids")?.split(",") ?? null, limit: search.get("limit") });
}

/** The rows on one side of a place. */
export function fetchRows(
  address: ListAddress,
  edge: { after: Cursor } | { before: Cursor },
  signal: AbortSignal,
): Promise<OrderPage> {
  return fetchJson(listSearch({ ...pageless(address), ...edge }), `limit=${rowsPerRequest}`, signal);
}

/** The given orders as they are now, those that left the list left out. */
export async function fetchListedOrders(
  address: ListAddress,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ListedOrder[]> {
  const answer: { orders: ListedOrder[] } = await fetchJson(
    listSearch(pageless(address)),
    `ids=${ids.join(",")}`,
    signal,
  );
  return answer.orders;
}

const pageless = ({ q, sort, direction }: ListAddress): Partial<ListAddress> => ({ q, sort, direction });

async function fetchJson(search: string, more: string, signal: AbortSignal) {
  const response = await fetch(`/app/orders/rows${search || "?"}${search && "&"}${more}`, {
    headers: { Accept: "application/json" },
    signal,
  });
  if (!response.ok) throw new Error(`the rows could not be read: ${response.status}`);
  return response.json();
}
