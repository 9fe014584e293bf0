import { Card } from "../ui/card.tsx";
import { Money } from "../ui/money.tsx";
import type { OrderLine } from "./orders.server.ts";

const cell = "px-2 py-2.5 align-top first:pl-4 last:pr-4";
const isZero = (minor: string) => BigInt(minor) === 0n;

/** What was ordered. A line that was refunded or removed keeps its place, struck through. */
export function OrderLines({ lines, currency }: { lines: OrderLine[]; currency: string }) {
  return (
    <Card title="Items" flush>
      {lines.length === 0 ? (
        <p className="px-4 pb-4 text-ink-subtle">Shopify lists no items for this order.</p>
      ) : (
        <table className="w-full border-collapse text-left">
          <caption className="sr-only">Items of the order, prices in {currency}</caption>
          <thead className="border-y border-line bg-surface-subtle text-small text-ink-subtle">
            <tr>
              <th scope="col" className={`${cell} py-1.5! font-medium`}>
                Item
              </th>
              <th scope="col" className={`${cell} py-1.5! text-right font-medium`}>
                Quantity
              </th>
              <th scope="col" className={`${cell} py-1.5! text-right font-medium max-sm:hidden`}>
                Price
              </th>
              <th scope="col" className={`${cell} py-1.5! text-right font-medium max-sm:hidden`}>
                Tax
              </th>
              <th scope="col" className={`${cell} py-1.5! text-right font-medium`}>
                As ordered
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <LineRow key={line.position} line={line} currency={currency} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function LineRow({ line, currency }: { line: OrderLine; currency: string }) {
  const gone = line.currentQuantity === 0;
  const fewer = line.currentQuantity < line.quantity;
  const gross = BigInt(line.unitPriceMinor) * BigInt(line.quantity);
  const details = [line.variantTitle, line.sku && `SKU ${line.sku}`].filter(Boolean).join(" · ");
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className={`${cell} font-normal`}>
        <span className={`[overflow-wrap:anywhere] ${gone ? "text-ink-subtle line-through" : "font-medium"}`}>
          {line.title}
        </span>
        {details && (
          <span className="block text-small [overflow-wrap:anywhere] text-ink-subtle">{details}</span>
        )}
        <span className="block text-small text-ink-subtle sm:hidden">
          <Money minor={line.unitPriceMinor} currency={currency} /> each
        </span>
        {fewer && (
          <span className="block text-small text-ink-subtle">
            {gone
              ? "Refunded or removed"
              : `${line.quantity - line.currentQuantity} of ${line.quantity} refunded or removed`}
          </span>
        )}
      </th>
      <td className={`${cell} text-right tabular-nums`}>
        {fewer && (
          <>
            <s className="text-ink-subtle">
              <span className="sr-only">Ordered: </span>
              {line.quantity}
            </s>{" "}
            <span className="sr-only">Now: </span>
          </>
        )}
        {line.currentQuantity}
      </td>
      <td className={`${cell} text-right max-sm:hidden`}>
        <Money minor={line.unitPriceMinor} currency={currency} />
      </td>
      <td className={`${cell} text-right text-ink-subtle max-sm:hidden`}>
        <Money minor={line.taxMinor} currency={currency} />
      </td>
      <td className={`${cell} text-right`}>
        <span className={gone ? "text-ink-subtle line-through" : ""}>
          <Money minor={gross - BigInt(line.discountMinor)} currency={currency} />
        </span>
        {!isZero(line.discountMinor) && (
          <span className="block text-small whitespace-nowrap text-ink-subtle">
            <Money minor={`-${line.discountMinor}`} currency={currency} /> discount
          </span>
        )}
      </td>
    </tr>
  );
}
