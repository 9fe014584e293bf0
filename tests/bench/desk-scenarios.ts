import type { ListAddress } from "../../app/orders/list-address.ts";
import type { OrderSort } from "../../app/orders/order-search-table.ts";

/** A kind of list that is measured. */
export interface Scenario {
  group: "first page" | "deep page" | "filtered" | "searched" | "sorted";
  name: string;
  address: Partial<ListAddress>;
  /** Rows before the page; the page is asked for by the place that stands there. */
  depth?: number;
}

export const pageSize = 50;
/** Page 5,000 of a list. */
export const deepRows = 5_000 * pageSize;

const filtered = (q: string): Scenario => ({ group: "filtered", name: q, address: { q } });
const searched = (q: string): Scenario => ({ group: "searched", name: q, address: { q } });
const sorts: [OrderSort, "asc" | "desc"][] = [
  ["created", "asc"],
  ["updated", "desc"],
  ["total", "desc"],
  ["total", "asc"],
  ["customer", "asc"],
];

export const scenarios: Scenario[] = [
  { group: "first page", name: "newest first", address: {} },
  { group: "deep page", name: "page 5,000", address: {}, depth: deepRows },
  ...sorts.map(
    ([sort, direction]): Scenario => ({
      group: "deep page",
      name: `page 5,000 by ${sort}, ${direction}`,
      address: { sort, direction },
      depth: deepRows,
    }),
  ),
  {
    group: "deep page",
    name: "page 5,000 of status:shipped",
    address: { q: "status:shipped" },
    depth: deepRows,
  },
  { group: "deep page", name: "from 2025-03-01 on", address: { at: "2025-03-01" } },
  filtered("status:shipped"),
  filtered("status:pending"),
  filtered("is:review"),
  filtered("is:test"),
  filtered("tag:newsletter"),
  filtered('tag:"press sample"'),
  filtered("-tag:newsletter"),
  filtered("total:100..120"),
  filtered("total:>=2000"),
  filtered("created:2025-01-01..2025-01-31"),
  filtered("status:cancelled is:delivered"),
  filtered("payment:pending fulfillment:fulfilled"),
  filtered("status:shipped country:de total:>=100 -tag:hold"),
  searched("linen"),
  searched("kintsugi"),
  searched("xylophone"),
  searched("green lamp"),
  searched("li"),
  searched('"green tea"'),
  searched('"the last box of candles"'),
  searched('"purple elephant"'),
  searched("customer:mül"),
  searched("customer:anna item:linen"),
  searched("#500500"),
  ...sorts.map(
    ([sort, direction]): Scenario => ({
      group: "sorted",
      name: `by ${sort}, ${direction}`,
      address: { sort, direction },
    }),
  ),
  { group: "sorted", name: "linen by total", address: { q: "linen", sort: "total" } },
  {
    group: "sorted",
    name: "is:review by customer",
    address: { q: "is:review", sort: "customer", direction: "asc" },
  },
];
