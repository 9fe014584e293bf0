import type { ReactNode } from "react";
import type { ShippingRate } from "../shipping/shipping-rate.ts";
import { Card } from "../ui/card.tsx";
import { Money } from "../ui/money.tsx";
import type { OrderDetail } from "./orders.server.ts";
import { OwnShippingRate } from "./own-shipping-rate.tsx";

interface OrderTotalsProps {
  order: OrderDetail;
  /** The shop's own shipping rate, for an order that came without shipping lines. */
  rate: ShippingRate | null;
}

/** What the order costs now, as Shopify says; our own sum is mentioned where it differs. */
export function OrderTotals({ order, rate }: OrderTotalsProps) {
  const { currency, taxesIncluded, presentmentCurrency } = order;
  const discount = BigInt(order.discountMinor);
  const takenBack = BigInt(order.orderedTotalMinor) - BigInt(order.totalMinor);
  const difference = BigInt(order.orderedTotalMinor) - BigInt(order.computedTotalMinor);
  return (
    <Card title="Total">
      <dl className="grid gap-1.5">
        <Row
          label="Subtotal"
          detail={
            discount !== 0n && (
              <>
                after discounts of <Money minor={discount} currency={currency} />
              </>
            )
          }
        >
          <Money minor={order.subtotalMinor} currency={currency} />
        </Row>
        <Row label="Shipping" detail={order.shippingLines ? "Shopify's shipping lines" : null}>
          <Money minor={order.shippingFeeMinor} currency={currency} />
        </Row>
        <Row label="Tax" detail={taxesIncluded ? "included in the prices" : "added to the prices"}>
          <Money minor={order.taxMinor} currency={currency} />
        </Row>
        <Row label="Total" strong>
          <Money minor={order.totalMinor} currency={currency} />
        </Row>
        {presentmentCurrency !== currency && (
          <Row label="The buyer sees" detail={presentmentCurrency}>
            <Money minor={order.presentmentTotalMinor} currency={presentmentCurrency} />
          </Row>
        )}
        {takenBack !== 0n && (
          <Row
            label="When ordered"
            detail={
              takenBack > 0n && (
                <>
                  <Money minor={takenBack} currency={currency} /> refunded or removed since
                </>
              )
            }
          >
            <Money minor={order.orderedTotalMinor} currency={currency} />
          </Row>
        )}
      </dl>
      {order.shippingLines === 0 && <OwnShippingRate order={order} rate={rate} />}
      {difference !== 0n && (
        <p className="mt-3 rounded-control bg-warning px-3 py-2 text-on-warning">
          Shopify's total differs from the sum of the parts by{" "}
          <Money minor={difference < 0n ? -difference : difference} currency={currency} />. The amounts above
          are Shopify's.
        </p>
      )}
    </Card>
  );
}

function Row({
  label,
  detail,
  strong = false,
  children,
}: {
  label: string;
  detail?: ReactNode;
  strong?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={`flex justify-between gap-4 ${strong ? "mt-1 border-t border-line pt-2 font-semibold" : ""}`}
    >
      <dt>
        {label}
        {detail && <span className="text-ink-subtle"> ({detail})</span>}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
