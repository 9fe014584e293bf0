import { ShippingQuoteText } from "../shipping/shipping-quote-text.tsx";
import { quoteShipping, type ShippingRate } from "../shipping/shipping-rate.ts";
import { AppLink } from "../ui/app-link.tsx";
import type { OrderDetail } from "./orders.server.ts";

/**
 * What the shop's own rate asks for an order that came without shipping lines, and why. It stands beside
 * Shopify's amounts and is part of none of them.
 */
export function OwnShippingRate({ order, rate }: { order: OrderDetail; rate: ShippingRate | null }) {
  const { subtotalMinor, totalWeightGrams, currency } = order;
  return (
    <section aria-label="Shipping by your own rate" className="mt-3 grid gap-1 border-t border-line pt-3">
      <p className="text-small text-ink-subtle">
        This order came without shipping lines. By your{" "}
        <AppLink to="/app/settings/shipping" className="text-link underline">
          own shipping rate
        </AppLink>
        , which Shopify's total does not include:
      </p>
      {rate ? (
        <ShippingQuoteText
          quote={quoteShipping(rate, { subtotalMinor, weightGrams: totalWeightGrams, currency })}
          currency={rate.currency}
        />
      ) : (
        <p className="text-ink-subtle">No rate has been set up yet, so there is no fee.</p>
      )}
    </section>
  );
}
