import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { askedCustomerSchema } from "../customers/asked-customers.ts";
import { parseListAddress } from "../customers/list-address.ts";
import {
  type ListedCustomer,
  listCustomers,
  readListedCustomers,
} from "../customers/list-customers.server.ts";
import { parseCustomerQuery } from "../customers/parse-customer-query.ts";
import type { ListPage } from "../list/list-kind.ts";
import { parseRowsRequest, type RowsById } from "../list/list-rows.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** Rows for a list that is on screen: the next ones at an edge, or the given ones as they are now. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await requireShop({ request, context });
  const { searchParams } = new URL(request.url);
  const address = parseListAddress(searchParams);
  const { ids, limit } = parseRowsRequest(searchParams, askedCustomerSchema);
  const { query } = parseCustomerQuery(address.q, shop.timeZone);
  const { db } = webProcess();
  if (ids) {
    const { asked, customers } = await readListedCustomers(db, shop, {
      query,
      sort: address.sort,
      asked: ids,
    });
    return json<RowsById<ListedCustomer>>({ asked, rows: customers });
  }
  const { customers, ...edges } = await listCustomers(db, shop, { ...address, query, limit });
  return json<ListPage<ListedCustomer>>({ rows: customers, ...edges });
}
