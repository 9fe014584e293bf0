import { AppLink } from "../ui/app-link.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";
import { customerLabel } from "./customer-label.ts";
import { namePayment } from "./describe-payment.ts";
import type { OrderListItem } from "./orders.server.ts";
import { OrderFlags, PaymentBadge, StatusBadge } from "./status-badge.tsx";
import type { PendingEdit } from "./use-pending-edit.ts";

interface OrderRowProps {
  order: OrderListItem;
  /** The list's own query, for the dialog to come back to. */
  listQuery: string;
  /** The save that is under way for this row. */
  pending: PendingEdit | null;
  changed: boolean;
}

const cell = "px-2 py-2 align-top first:pl-4 last:pr-4 md:align-middle";

export function OrderRow({ order, listQuery, pending, changed }: OrderRowProps) {
  const { status, trackingCompany, trackingNumber } = { ...order, ...withoutNullStatus(pending) };
  const tracking = [trackingCompany, trackingNumber].filter(Boolean).join(" ");
  const customer = customerLabel(order);
  return (
    <tr
      aria-busy={pending ? true : undefined}
      className={`relative border-b border-line last:border-0 hover:bg-surface-hover ${changed ? "animate-changed" : ""}`}
    >
      <th scope="row" className={`${cell} font-normal`}>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {/* The link covers the row, so that a click anywhere opens the order. */}
          <AppLink
            to={`/app/orders/${order.id}`}
            prefetch="intent"
            className="py-0.5 font-semibold after:absolute after:inset-0 hover:underline"
          >
            {order.name}
          </AppLink>
          <OrderFlags {...order} />
        </span>
        <span className="block [overflow-wrap:anywhere] text-ink-subtle md:hidden">{customer}</span>
        <span className="block text-small text-ink-subtle md:hidden">
          <Time at={order.createdAt} />
        </span>
        <span className="block text-small text-ink-subtle lg:hidden">
          {namePayment(order.financialStatus)}
        </span>
        {tracking && (
          <span className="block text-small [overflow-wrap:anywhere] text-ink-subtle lg:hidden">
            Tracking: {tracking}
          </span>
        )}
      </th>
      <td className={`${cell} max-w-56 truncate max-md:hidden`} title={customer}>
        {customer}
      </td>
      <td className={`${cell} text-ink-subtle max-md:hidden`}>
        <Time at={order.createdAt} />
      </td>
      <td className={`${cell} max-md:text-right`}>
        <StatusBadge status={status} />
        <span className="mt-1 block md:hidden">
          <Money minor={order.totalMinor} currency={order.currency} />
        </span>
      </td>
      <td className={`${cell} max-lg:hidden`}>
        <PaymentBadge financialStatus={order.financialStatus} />
      </td>
      <td className={`${cell} text-right max-md:hidden`}>
        <Money minor={order.totalMinor} currency={order.currency} />
      </td>
      <td className={`${cell} max-w-44 truncate max-lg:hidden`} title={tracking || undefined}>
        {tracking || (
          <span className="text-ink-subtle">
            <span aria-hidden="true">–</span>
            <span className="sr-only">None</span>
          </span>
        )}
      </td>
      <td className={`${cell} text-right`}>
        {/* "Saving…" takes the link's own place, so that no column moves. */}
        <span className="relative z-1 inline-block">
          <AppLink
            to={`/app/orders/${order.id}/edit${listQuery}`}
            preventScrollReset
            data-edit
            className={buttonClass("secondary", `min-h-7! py-0.5! ${pending ? "invisible" : ""}`)}
          >
            Edit<span className="sr-only"> {order.name}</span>
          </AppLink>
          {pending && (
            <span className="absolute inset-0 grid place-items-center text-small text-ink-subtle">
              Saving…
            </span>
          )}
        </span>
      </td>
    </tr>
  );
}

function withoutNullStatus(pending: PendingEdit | null): Partial<OrderListItem> {
  if (!pending) return {};
  const { status, trackingCompany, trackingNumber } = pending;
  return { ...(status && { status }), trackingCompany, trackingNumber };
}
