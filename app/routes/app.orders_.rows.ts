import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { parseListAddress } from "../orders/list-address.ts";
import { listOrders, readListedOrders } from "../orders/list-orders.server.ts";
import { parseRowsRequest } from "../orders/list-rows.ts";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** Rows for a list that is on screen: the next ones at an edge, or the given ones as they are now. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await requireShop({ request, context });
  const { searchParams } = new URL(request.url);
  const address = parseListAddress(searchParams);
  const { ids, limit } = parseRowsRequest(searchParams);
  const { query } = parseOrderQuery(address.q, shop.timeZone);
  const { db } = webProcess();
  if (ids) return json({ orders: await readListedOrders(db, shop, { query, sort: address.sort, ids }) });
  return json(await listOrders(db, shop, { ...address, query, limit }));
}
