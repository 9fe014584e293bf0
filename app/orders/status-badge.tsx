import { Badge, type Pip } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";
import { describePayment, namePayment } from "./describe-payment.ts";
import { type OrderStatus, statusLabels } from "./order.ts";

const statusLooks: Record<OrderStatus, { tone: Tone; pip: Pip }> = {
  PENDING: { tone: "warning", pip: "empty" },
  CONFIRMED: { tone: "info", pip: "half" },
  SHIPPED: { tone: "success", pip: "full" },
  CANCELLED: { tone: "neutral", pip: "cross" },
};

export function StatusBadge({ status }: { status: OrderStatus }) {
  return <Badge {...statusLooks[status]}>{statusLabels[status]}</Badge>;
}

/** Shopify's payment state. Its words are Shopify's to change, so an unknown one is shown as it is. */
export function PaymentBadge({
  financialStatus,
  named = false,
}: {
  financialStatus: string | null;
  /** Says that it is about payment, where no heading does. */
  named?: boolean;
}) {
  const { tone, pip, label } = describePayment(financialStatus);
  return (
    <Badge tone={tone} pip={pip}>
      {named ? namePayment(financialStatus) : label}
    </Badge>
  );
}

/** What else a merchant must know of an order at first sight. */
export function OrderFlags({ test, needsReview }: { test: boolean; needsReview: boolean }) {
  return (
    <>
      {needsReview && <Badge tone="critical">Needs a look</Badge>}
      {test && <Badge>Test</Badge>}
    </>
  );
}
