import { useLocation } from "@remix-run/react";
import { useRowKeys } from "../ui/use-row-keys.ts";
import { keepListSearch } from "./list-address.ts";
import { OrderRow } from "./order-row.tsx";
import type { OrderListItem } from "./orders.server.ts";
import { useChangedRows } from "./use-changed-rows.ts";
import { usePendingEdit } from "./use-pending-edit.ts";

const heading = "px-2 py-2 font-medium first:pl-4 last:pr-4";

/** The orders, one row each. A narrow screen folds the columns it has no room for into those that remain. */
export function OrderTable({ orders, caption }: { orders: OrderListItem[]; caption: string }) {
  const { search } = useLocation();
  const listQuery = keepListSearch(search);
  const changed = useChangedRows(listQuery, orders);
  const pending = usePendingEdit();
  const table = useRowKeys();
  return (
    <table ref={table} className="w-full border-collapse text-left">
      <caption className="sr-only">{caption}</caption>
      <thead className="border-b border-line bg-surface-subtle text-small text-ink-subtle">
        <tr>
          <th scope="col" className={heading}>
            Order
          </th>
          <th scope="col" className={`${heading} max-md:hidden`}>
            Customer
          </th>
          <th scope="col" className={`${heading} max-md:hidden`}>
            Date
          </th>
          <th scope="col" className={`${heading} max-md:text-right`}>
            Status
          </th>
          <th scope="col" className={`${heading} max-lg:hidden`}>
            Payment
          </th>
          <th scope="col" className={`${heading} text-right max-md:hidden`}>
            Total
          </th>
          <th scope="col" className={`${heading} max-lg:hidden`}>
            Tracking
          </th>
          <th scope="col" className={heading}>
            <span className="sr-only">Edit</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <OrderRow
            key={order.id}
            order={order}
            listQuery={listQuery}
            pending={pending?.orderId === order.id ? pending : null}
            changed={changed.has(order.id)}
          />
        ))}
      </tbody>
    </table>
  );
}
