import { Money } from "../ui/money.tsx";
import { ruleNames, type ShippingQuote } from "./shipping-rate.ts";

/** The fee, the rule it comes from, and why. */
export function ShippingQuoteText({ quote, currency }: { quote: ShippingQuote; currency: string }) {
  return (
    <>
      <p className="flex justify-between gap-4 font-semibold">
        <span>{quote.rule ? ruleNames[quote.rule] : "No fee"}</span>
        {quote.feeMinor !== null && <Money minor={quote.feeMinor} currency={currency} />}
      </p>
      <p className="text-ink-subtle">{quote.why}</p>
    </>
  );
}
