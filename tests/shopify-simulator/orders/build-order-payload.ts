import type { IdSource } from "../ids.ts";
import { globalId, randomHex } from "../ids.ts";
import type { Random } from "../random.ts";
import { applyFreeShipping, applyPercentDiscount } from "./apply-discount.ts";
import { notes } from "./catalog.ts";
import type { LineRequest, LineSource } from "./make-line-item.ts";
import { makeLineItem, taxLinesFor } from "./make-line-item.ts";
import { convertMinor, formatMinor, nothing, parseMinor, toMoneySet } from "./money.ts";
import type { OrderPayload, ShippingLine } from "./order-payload.ts";
import { makeAddress, makeCustomer } from "./people.ts";
import { recalculateOrder } from "./recalculate-order.ts";
import { shopTime } from "./shop-time.ts";

/** What an order needs to know of its shop. */
export interface ShopProfile {
  domain: string;
  currency: string;
  timeZone: string;
  taxesIncluded: boolean;
}

/** Everything a test may want to fix about an order. What is left out is drawn from the generator. */
export interface OrderRequest {
  id?: bigint;
  email?: string | null;
  phone?: string | null;
  note?: string | null;
  tags?: string;
  test?: boolean;
  /** null makes a guest order. */
  customer?: { firstName?: string | null; lastName?: string | null; email?: string | null } | null;
  createdAt?: Date;
  financialStatus?: "paid" | "pending" | "authorized";
  lines?: LineRequest[];
  /** In minor units of the shop's currency; null leaves the order without a shipping line. */
  shippingMinor?: number | null;
  discountPercent?: number;
  presentmentCurrency?: string;
  sourceName?: "web" | "pos";
}

interface OrderSource {
  shop: ShopProfile;
  number: number;
  random: Random;
  ids: IdSource;
  now: Date;
}

function makeShippingLine(source: LineSource, shop: number): ShippingLine {
  const { ids, currencies } = source;
  const price = { shop, presentment: convertMinor(shop, currencies.shop, currencies.presentment) };
  const text = formatMinor(price.shop, currencies.shop);
  return {
    id: ids.next(),
    carrier_identifier: null,
    code: "Standard",
    current_discounted_price_set: toMoneySet(price, currencies),
    discounted_price: text,
    discounted_price_set: toMoneySet(price, currencies),
    is_removed: false,
    phone: null,
    price: text,
    price_set: toMoneySet(price, currencies),
    requested_fulfillment_service_id: null,
    source: "shopify",
    title: source.random.pick(["Standard", "Express", "Standardversand (2–3 Tage)"]),
    tax_lines: taxLinesFor(source, false),
    discount_allocations: [],
  };
}

function draftOrder(source: OrderSource, request: OrderRequest): OrderPayload {
  const { shop, number, random, ids } = source;
  const id = request.id ?? ids.next();
  const createdAt = request.createdAt ?? source.now;
  const created = shopTime(createdAt, shop.timeZone);
  const pos = (request.sourceName ?? (random.chance(0.06) ? "pos" : "web")) === "pos";
  const foreign = random.chance(0.06) ? "JPY" : random.chance(0.05) ? "GBP" : shop.currency;
  const presentment = request.presentmentCurrency ?? (pos ? shop.currency : foreign);
  const currencies = { shop: shop.currency, presentment };
  const lineSource = { ids, random, currencies, taxesIncluded: shop.taxesIncluded };

  const guest = request.customer === null || (request.customer === undefined && (pos || random.chance(0.08)));
  const address = makeAddress(random, shop.currency);
  if (request.customer) {
    const { firstName = address.first_name, lastName = address.last_name } = request.customer;
    const name = [firstName, lastName].filter(Boolean).join(" ");
    // Whoever asks for a person gets that person, not now and then a company in their place.
    Object.assign(address, { first_name: firstName, last_name: lastName, name, company: null });
  }
  const customer = guest
    ? null
    : makeCustomer({
        address,
        ids,
        random,
        currency: shop.currency,
        at: shopTime(new Date(createdAt.getTime() - 864e5), shop.timeZone),
      });
  if (customer && request.customer?.email !== undefined) customer.email = request.customer.email;
  const guestEmail = pos ? "" : `guest${random.integer(100, 999)}@example.com`;
  const email = request.email === undefined ? (customer ? customer.email : guestEmail) : request.email;

  const requested =
    request.lines ?? Array.from({ length: random.chance(0.5) ? 1 : random.integer(2, 4) }, () => ({}));
  const lines = requested.map((line) => makeLineItem(lineSource, line));
  const ships = lines.some((line) => line.requires_shipping) && !pos;
  const shippingMinor =
    request.shippingMinor === undefined
      ? ships
        ? random.pick([390, 490, 990])
        : null
      : request.shippingMinor;
  const token = randomHex(random, 32);
  const zero = toMoneySet(nothing, currencies);
  const none = formatMinor(0, shop.currency);
  const tip =
    pos && presentment === shop.currency && random.chance(0.3) ? formatMinor(200, shop.currency) : none;

  return {
    id,
    admin_graphql_api_id: globalId("Order", id),
    app_id: 580111n,
    browser_ip: pos ? null : "192.0.2.10",
    buyer_accepts_marketing: random.chance(0.3),
    cancel_reason: null,
    cancelled_at: null,
    cart_token: pos ? null : token,
    checkout_token: pos ? null : token,
    client_details: pos
      ? null
      : {
          accept_language: "en-US",
          browser_height: null,
          browser_ip: "192.0.2.10",
          browser_width: null,
          session_hash: null,
          user_agent: "Mozilla/5.0 (X11; Linux x86_64) Example/1.0",
        },
    closed_at: null,
    company: null,
    confirmation_number: token.slice(0, 9).toUpperCase(),
    confirmed: true,
    contact_email: email || null,
    created_at: created,
    currency: shop.currency,
    current_shipping_price_set: zero,
    current_subtotal_price: none,
    current_subtotal_price_set: zero,
    current_total_additional_fees_set: null,
    current_total_discounts: none,
    current_total_discounts_set: zero,
    current_total_duties_set: null,
    current_total_price: none,
    current_total_price_set: zero,
    current_total_tax: none,
    current_total_tax_set: zero,
    customer_locale: shop.currency === "EUR" ? "de-DE" : "en-US",
    device_id: null,
    discount_codes: [],
    duties_included: false,
    email,
    estimated_taxes: false,
    financial_status: "pending",
    fulfillment_status: null,
    landing_site: pos ? null : "/products/example?utm_source=newsletter",
    landing_site_ref: null,
    location_id: pos ? 68001n : null,
    merchant_business_entity_id: "MTU0ODM4MDAwOQ",
    merchant_of_record_app_id: null,
    name: `#${number + 1000}`,
    note: request.note === undefined ? (random.chance(0.2) ? random.pick(notes) : null) : request.note,
    note_attributes: random.chance(0.1) ? [{ name: "Gift wrap", value: "yes" }] : [],
    number,
    order_number: number + 1000,
    order_status_url: `https://${shop.domain}/orders/${token}/authenticate?key=${token}`,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    payment_gateway_names: [pos ? "cash" : "bogus"],
    phone: request.phone ?? null,
    po_number: random.chance(0.05) ? `PO-${random.integer(1000, 9999)}` : null,
    presentment_currency: presentment,
    processed_at: created,
    reference: null,
    referring_site: pos ? null : "https://example.com/",
    source_identifier: null,
    source_name: pos ? "pos" : "web",
    source_url: null,
    subtotal_price: none,
    subtotal_price_set: zero,
    tags: request.tags ?? random.pick(["", "", "", "gift", "vip, wholesale"]),
    tax_exempt: false,
    tax_lines: [],
    taxes_included: shop.taxesIncluded,
    test: request.test ?? random.chance(0.04),
    token,
    total_cash_rounding_payment_adjustment_set: zero,
    total_cash_rounding_refund_adjustment_set: zero,
    total_discounts: none,
    total_discounts_set: zero,
    total_line_items_price: none,
    total_line_items_price_set: zero,
    total_outstanding: none,
    total_price: none,
    total_price_set: zero,
    total_shipping_price_set: zero,
    total_tax: none,
    total_tax_set: zero,
    total_tip_received: tip,
    total_weight: 0,
    updated_at: created,
    user_id: pos ? 1001n : null,
    billing_address: pos ? null : address,
    customer,
    discount_applications: [],
    fulfillments: [],
    line_items: lines,
    line_item_groups: [],
    payment_terms: null,
    refunds: [],
    returns: [],
    shipping_address: ships ? address : null,
    shipping_lines: shippingMinor === null ? [] : [makeShippingLine(lineSource, shippingMinor)],
  };
}

/** A new order, as `orders/create` would carry it. Pure: the same source and request give the same bytes. */
export function buildOrderPayload(source: OrderSource, request: OrderRequest = {}): OrderPayload {
  const { random } = source;
  const order = draftOrder(source, request);
  const percent = request.discountPercent ?? (random.chance(0.18) ? random.pick([5, 10, 15]) : 0);
  if (percent > 0) applyPercentDiscount(order, `SAVE${percent}`, percent);
  if (request.shippingMinor === undefined && random.chance(0.08)) applyFreeShipping(order, "SHIPFREE");
  recalculateOrder(order, { received: 0 });

  const drawn = random.chance(0.75) ? "paid" : random.chance(0.3) ? "authorized" : "pending";
  order.financial_status = request.financialStatus ?? (order.source_name === "pos" ? "paid" : drawn);
  if (order.financial_status === "paid") {
    recalculateOrder(order, { received: parseMinor(order.total_price, order.currency) });
  }
  return order;
}
