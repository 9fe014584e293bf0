import { parseMinor } from "../money.ts";
import type { AmountPayload, BillPayload, SetPayload } from "./bill-payload.ts";
import { type Both, nothing } from "./two-amounts.ts";

/**
 * Reads amounts of a payload in both currencies. What cannot be read counts as nothing and is noted in `problems`:
 * an order that cannot be billed must still be shown.
 */
export interface AmountReader {
  currency: string;
  shopCurrency: string;
  /** Sentences; empty when everything could be read. */
  problems: string[];
  /**
   * @param set both currencies, as newer payloads tell it
   * @param plain the shop's currency alone; enough only when the buyer's is the same
   * @param what the amount's name in the sentence about a missing one
   */
  read(set: SetPayload, plain: AmountPayload, what: string): Both;
}

/** @throws RangeError when the payload names no currency at all */
export function readerOf(order: BillPayload): AmountReader {
  const shopCurrency = order.currency ?? order.presentment_currency;
  if (!shopCurrency) throw new RangeError("The order has no currency, so its amounts mean nothing.");
  const currency = order.presentment_currency ?? shopCurrency;
  const problems: string[] = [];

  const parse = (value: string | number, of: string, what: string) => {
    try {
      return parseMinor(value, of);
    } catch {
      problems.push(`Shopify tells ${what} as "${value}", which is no amount in ${of}.`);
      return 0n;
    }
  };

  return {
    currency,
    shopCurrency,
    problems,
    read(set, plain, what) {
      const shop = set?.shop_money?.amount ?? plain;
      const presentment = set?.presentment_money?.amount ?? (currency === shopCurrency ? shop : null);
      if (shop == null && presentment == null) return nothing;
      const both: Both = {
        shop: shop == null ? 0n : parse(shop, shopCurrency, what),
        presentment: presentment == null ? 0n : parse(presentment, currency, what),
      };
      if (presentment == null && both.shop !== 0n) {
        problems.push(`Shopify does not tell ${what} in ${currency}, the buyer's currency.`);
      }
      if (shop == null && both.presentment !== 0n) {
        problems.push(`Shopify does not tell ${what} in ${shopCurrency}, the shop's currency.`);
      }
      return both;
    },
  };
}
