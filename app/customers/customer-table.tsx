import type { ReactNode } from "react";
import { AppLink } from "../ui/app-link.tsx";
import { atTop } from "../ui/at-top.ts";
import { Badge } from "../ui/badge.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";
import { useRowKeys } from "../ui/use-row-keys.ts";
import { customerName } from "./customer.ts";
import { type CustomerColumn, customerColumns } from "./customer-columns.ts";
import type { CustomerSort } from "./customer-search-table.ts";
import { type CustomerAddress, listSearch } from "./list-address.ts";
import type { CustomerListItem } from "./list-customers.server.ts";

interface CustomerTableProps {
  customers: CustomerListItem[];
  columns: readonly CustomerColumn[];
  address: CustomerAddress;
  /** The shop's, in which `spent` is summed. */
  currency: string;
}

const sortOf: Partial<Record<CustomerColumn, CustomerSort>> = {
  orders: "orders",
  spent: "spent",
  last_order: "last_order",
  created: "created",
};

const isNumber = (column: CustomerColumn) => column === "orders" || column === "spent";

/** What a narrow screen shows below the name instead of in a column. */
const side = (column: CustomerColumn) => (column === "spent" ? "max-md:text-right" : "max-md:hidden");

/** The customers, one row each. A narrow screen folds the columns it has no room for into those that remain. */
export function CustomerTable({ customers, columns, address, currency }: CustomerTableProps) {
  const table = useRowKeys();
  return (
    <div className="overflow-x-auto">
      <table ref={table} className="w-full border-collapse text-left">
        <caption className="sr-only">Customers</caption>
        <thead className="border-b border-line bg-surface-subtle text-small text-ink-subtle">
          <tr>
            <Head address={address} sort="name">
              Customer
            </Head>
            {columns.map((column) => (
              <Head
                key={column}
                address={address}
                sort={sortOf[column] ?? null}
                className={`${side(column)} ${isNumber(column) ? "text-right" : ""}`}
              >
                {customerColumns[column]}
              </Head>
            ))}
          </tr>
        </thead>
        <tbody>
          {customers.map((customer) => (
            <CustomerRow key={customer.id} customer={customer} columns={columns} currency={currency} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps {
  address: CustomerAddress;
  sort: CustomerSort | null;
  className?: string;
  children: ReactNode;
}

/** A column's head; where the list can be sorted by it, a link that does so, and turns the order round. */
function Head({ address, sort, className = "", children }: HeadProps) {
  const sorted = sort !== null && address.sort === sort;
  const usual = sort === "name" ? "asc" : "desc";
  const next = sorted ? (address.direction === "asc" ? "desc" : "asc") : usual;
  const page = { ...address, after: null, before: null, at: null };
  return (
    <th
      scope="col"
      aria-sort={sorted ? (address.direction === "asc" ? "ascending" : "descending") : undefined}
      className={`px-2 py-1 font-medium first:pl-4 last:pr-4 ${className}`}
    >
      {sort ? (
        <AppLink
          to={`/app/customers${listSearch({ ...page, sort, direction: next })}`}
          state={atTop}
          className="inline-flex min-h-6 items-center gap-1 rounded-control hover:text-ink hover:underline"
        >
          {children}
          {sorted && <span aria-hidden="true">{address.direction === "asc" ? "↑" : "↓"}</span>}
        </AppLink>
      ) : (
        <span className="inline-flex min-h-6 items-center">{children}</span>
      )}
    </th>
  );
}

interface CustomerRowProps {
  customer: CustomerListItem;
  columns: readonly CustomerColumn[];
  currency: string;
}

function CustomerRow({ customer, columns, currency }: CustomerRowProps) {
  const { id, email, erased, orderCount } = customer;
  return (
    <tr className="relative border-b border-line last:border-0 hover:bg-surface-hover">
      <th scope="row" className="px-2 py-2.5 pl-4 md:min-w-40 align-top font-normal md:align-middle">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {/* The link covers the row, so that a click anywhere opens the customer. */}
          <AppLink
            to={`/app/customers/${id}`}
            prefetch="intent"
            className="py-0.5 font-semibold [overflow-wrap:anywhere] after:absolute after:inset-0 hover:underline"
          >
            {customerName(customer)}
          </AppLink>
          {erased && <Badge>Erased</Badge>}
        </span>
        <span className="block text-small [overflow-wrap:anywhere] text-ink-subtle md:hidden">{email}</span>
        <span className="block text-small text-ink-subtle md:hidden">
          {orderCount === 1 ? "1 order" : `${orderCount} orders`}
        </span>
      </th>
      {columns.map((column) => (
        <td
          key={column}
          className={`px-2 py-2.5 align-top last:pr-4 md:align-middle ${side(column)} ${isNumber(column) ? "text-right tabular-nums" : "max-w-56 truncate"}`}
        >
          <Cell customer={customer} column={column} currency={currency} />
        </td>
      ))}
    </tr>
  );
}

function Cell({
  customer,
  column,
  currency,
}: Omit<CustomerRowProps, "columns"> & { column: CustomerColumn }) {
  switch (column) {
    case "email":
      return customer.email ?? <Nothing />;
    case "phone":
      return customer.phone ?? <Nothing />;
    case "note":
      return customer.note ?? <Nothing />;
    case "orders":
      return customer.orderCount;
    case "spent":
      return <Money minor={customer.spentMinor} currency={currency} />;
    case "last_order":
      return customer.lastOrderAt ? <Time at={customer.lastOrderAt} /> : <Nothing />;
    case "created":
      return <Time at={customer.createdAt} />;
  }
}

function Nothing() {
  return (
    <span className="text-ink-subtle">
      <span aria-hidden="true">–</span>
      <span className="sr-only">None</span>
    </span>
  );
}
