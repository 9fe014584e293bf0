import { json, type LoaderFunctionArgs } from "@remix-run/node";
import type { ListPage } from "../list/list-kind.ts";
import { parseRowsRequest, type RowsById } from "../list/list-rows.ts";
import { parseListAddress } from "../orders/list-address.ts";
import { type ListedOrder, listOrders, readListedOrders } from "../orders/list-orders.server.ts";
import { orderIdSchema } from "../orders/order.ts";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** Rows for a list that is on screen: the next ones at an edge, or the given ones as they are now. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await requireShop({ request, context });
  const { searchParams } = new URL(request.url);
  const address = parseListAddress(searchParams);
  const { ids, limit } = parseRowsRequest(searchParams, orderIdSchema);
  const { query } = parseOrderQuery(address.q, shop.timeZone);
  const { db } = webProcess();
  if (ids) {
    const rows = await readListedOrders(db, shop, { query, sort: address.sort, ids });
    return json<RowsById<ListedOrder>>({ asked: ids, rows });
  }
  const { orders, ...edges } = await listOrders(db, shop, { ...address, query, limit });
  return json<ListPage<ListedOrder>>({ rows: orders, ...edges });
}
