import { suggestCustomers } from "../customers/suggest-customers.server.ts";
import type { Db } from "../db.server.ts";
import { formatMoney } from "../money.ts";
import type { Term } from "../search/query.ts";
import type { Shop } from "../shops/shop.ts";
import { type FoundItem, shortestSearch } from "../ui/found-item.ts";
import { customerLabel } from "./customer-label.ts";
import { firstPage } from "./list-address.ts";
import { type ListedOrder, listOrders } from "./list-orders.server.ts";
import { normaliseText, statusLabels } from "./order.ts";

const shownOrders = 8;
const shownCustomers = 5;

/** Longer text is no name and no number. */
const longestSearch = 100;

/** The orders and customers that begin with what was typed; the order of exactly that name comes first. */
export async function findAnything(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  typed: string,
): Promise<FoundItem[]> {
  const text = normaliseText(typed.slice(0, longestSearch)) ?? "";
  if (text.length < shortestSearch) return [];
  const read = (kind: "word" | "name", value: string, limit: number) => {
    const term: Term = { kind, value, negated: false, start: 0, end: value.length };
    return listOrders(db, shop, { ...firstPage, query: { terms: [term] }, limit });
  };
  const [named, begun, customers] = await Promise.all([
    read("name", text.replace(/^#/, ""), 1),
    read("word", text, shownOrders),
    suggestCustomers(db, shop, text, shownCustomers),
  ]);
  const orders = new Map([...named.orders, ...begun.orders].map((order) => [order.id, order]));
  return [
    ...[...orders.values()].slice(0, shownOrders).map(toItem),
    ...customers.map(
      ({ id, name, email }): FoundItem => ({
        kind: "customer",
        id,
        label: name ?? email ?? "Customer without a name",
        detail: name ? (email ?? "") : "",
        to: `/app/customers/${id}`,
      }),
    ),
  ];
}

function toItem(order: ListedOrder): FoundItem {
  const total = formatMoney(order.totalMinor, order.currency);
  return {
    kind: "order",
    id: order.id,
    label: order.name,
    detail: `${customerLabel(order)} · ${statusLabels[order.status]} · ${total}`,
    to: `/app/orders/${order.id}`,
  };
}
