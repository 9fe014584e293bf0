import type { MoneySet, TaxLine } from "../orders/order-payload.ts";
import type { Node } from "./resolve-field.ts";

/** Decimals answer without trailing zeros ("12.5"), unlike the webhooks' "12.50": readers must parse, not compare. */
const decimal = (amount: string) => (amount.includes(".") ? amount.replace(/0$/, "") : `${amount}.0`);

export const moneyNode = (set: MoneySet): Node => ({
  shopMoney: { amount: decimal(set.shop_money.amount), currencyCode: set.shop_money.currency_code },
  presentmentMoney: {
    amount: decimal(set.presentment_money.amount),
    currencyCode: set.presentment_money.currency_code,
  },
});

export const taxLineNode = (line: TaxLine): Node => ({
  title: line.title,
  rate: line.rate,
  ratePercentage: Math.round(line.rate * 1e6) / 1e4,
  price: line.price,
  priceSet: moneyNode(line.price_set),
  channelLiable: line.channel_liable,
});

/** Webhooks carry the shop's offset, the GraphQL API always UTC. */
export const utc = (time: string | null) =>
  time === null ? null : new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
