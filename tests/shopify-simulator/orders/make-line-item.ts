import type { IdSource } from "../ids.ts";
import { globalId } from "../ids.ts";
import type { Random } from "../random.ts";
import type { Product } from "./catalog.ts";
import { catalog } from "./catalog.ts";
import type { Currencies } from "./money.ts";
import { convertMinor, formatMinor, nothing, toMoneySet } from "./money.ts";
import type { LineItem, TaxLine } from "./order-payload.ts";

/** A line as a test or the control API may ask for it; whatever is left out comes from the catalogue. */
export interface LineRequest {
  title?: string;
  variantTitle?: string | null;
  sku?: string | null;
  quantity?: number;
  /** In minor units of the shop's currency. */
  priceMinor?: number;
  /** 0.19 for 19 %; 0 makes the line tax free. */
  taxRate?: number;
  requiresShipping?: boolean;
}

export interface LineSource {
  ids: IdSource;
  random: Random;
  currencies: Currencies;
  taxesIncluded: boolean;
}

/** German VAT in the euro shop; state plus city sales tax in the dollar shop, so that lines carry two taxes there. */
export function taxLinesFor(
  source: Pick<LineSource, "currencies" | "taxesIncluded">,
  reduced: boolean,
  rate?: number,
) {
  const rates: [string, number][] =
    rate !== undefined
      ? rate === 0
        ? []
        : [["Tax", rate]]
      : source.taxesIncluded
        ? [["DE VAT", reduced ? 0.07 : 0.19]]
        : [
            ["New York State Tax", 0.04],
            ["New York City Tax", 0.04875],
          ];
  return rates.map(
    ([title, value]): TaxLine => ({
      title,
      rate: value,
      price: formatMinor(0, source.currencies.shop),
      price_set: toMoneySet(nothing, source.currencies),
      channel_liable: false,
    }),
  );
}

export function makeLineItem(source: LineSource, request: LineRequest = {}): LineItem {
  const { ids, random, currencies } = source;
  const product: Product = catalog.find((one) => one.title === request.title) ?? random.pick(catalog);
  const variant = request.variantTitle === undefined ? random.pick(product.variants) : request.variantTitle;
  const title = request.title ?? product.title;
  const shop = request.priceMinor ?? convertMinor(product.priceMinor, "EUR", currencies.shop);
  const price = { shop, presentment: convertMinor(shop, currencies.shop, currencies.presentment) };
  const quantity = request.quantity ?? (random.chance(0.7) ? 1 : random.integer(2, 5));
  const id = ids.next();
  // Some lines are custom items, or their product has been deleted since: both ids are null then.
  const productId = random.chance(0.06) ? null : ids.next();
  const taxLines = taxLinesFor(source, product.reducedTax ?? false, request.taxRate);
  return {
    id,
    admin_graphql_api_id: globalId("LineItem", id),
    attributed_staffs: [],
    current_quantity: quantity,
    fulfillable_quantity: quantity,
    fulfillment_service: "manual",
    fulfillment_status: null,
    gift_card: false,
    grams: product.grams,
    name: variant ? `${title} - ${variant}` : title,
    price: formatMinor(price.shop, currencies.shop),
    price_set: toMoneySet(price, currencies),
    product_exists: productId !== null,
    product_id: productId,
    properties: random.chance(0.08) ? [{ name: "Engraving", value: "Für Łucja ♥" }] : [],
    quantity,
    requires_shipping: request.requiresShipping ?? !product.digital,
    sales_line_item_group_id: null,
    sku: request.sku === undefined ? `SKU-${random.integer(10000, 99999)}` : request.sku,
    taxable: taxLines.length > 0,
    title,
    // Always zero, as at Shopify: the discount is in discount_allocations.
    total_discount: formatMinor(0, currencies.shop),
    total_discount_set: toMoneySet(nothing, currencies),
    variant_id: productId === null ? null : ids.next(),
    variant_inventory_management: "shopify",
    variant_title: variant,
    vendor: product.vendor,
    tax_lines: taxLines,
    duties: [],
    discount_allocations: [],
  };
}
