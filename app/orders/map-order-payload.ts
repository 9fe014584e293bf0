import { createHash } from "node:crypto";
import type { StoredAddress } from "../../drizzle/schema/orders.ts";
import { parseMinor } from "../money.ts";
import { type EditableFields, mapStatus, normaliseText } from "./order.ts";
import {
  type AddressPayload,
  fulfillmentEventSchema,
  type OrderPayload,
  orderPayloadSchema,
} from "./order-payload.ts";
import {
  isStanding,
  type MappedShipment,
  mergeShipments,
  type ShipmentEvent,
  shipmentTimes,
} from "./shipments.ts";
import { uniqueTags } from "./tags.ts";
import { safeTrackingUrl } from "./tracking-url.ts";

/** A line as Shopify describes it, amounts in minor units of the order's shop currency. */
export interface MappedLine {
  shopifyLineId: string | null;
  position: number;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  quantity: number;
  currentQuantity: number;
  unitPriceMinor: string;
  discountMinor: string;
  taxMinor: string;
  taxable: boolean;
}

export interface MappedCustomer {
  shopifyCustomerId: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  updatedAt: string | null;
}

/** What a merchant sees of an order and only Shopify can change. Amounts are minor units as decimal text. */
export interface ExternalFields {
  name: string;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  customerName: string | null;
  email: string | null;
  currency: string;
  totalMinor: string;
  subtotalMinor: string;
  taxMinor: string;
  discountMinor: string;
  shippingFeeMinor: string;
  taxesIncluded: boolean;
  presentmentCurrency: string;
  presentmentTotalMinor: string;
  orderedTotalMinor: string;
  computedTotalMinor: string;
  itemCount: number;
  linesHash: string;
  /** "title\tvariant\tsku" for each line, for the search. */
  itemsText: string;
  totalWeightGrams: number | null;
  /** Null when the payload says nothing of shipping lines. */
  shippingLines: number | null;
  sourceName: string | null;
  tags: string[];
  test: boolean;
  shippingAddress: StoredAddress | null;
  billingAddress: StoredAddress | null;
  createdAt: string;
  processedAt: string | null;
  cancelledAt: string | null;
  closedAt: string | null;
  /** When the first shipment that still stands left. */
  shippedAt: string | null;
  /** When the last one arrived; null while one is under way. */
  deliveredAt: string | null;
}

/** An order payload in our terms. */
export interface MappedOrder {
  shopifyOrderId: string;
  /** ISO 8601 in UTC, to the millisecond; Shopify's own have whole seconds. */
  updatedAt: string;
  external: ExternalFields;
  editable: EditableFields;
  lines: MappedLine[];
  /** All that there are, also those that were undone. */
  shipments: MappedShipment[];
  customer: MappedCustomer | null;
}

/**
 * Maps Shopify's full order payload to our terms (domain rules 2 and 5).
 * @param json the parsed payload; ids beyond 2^53 as `bigint` (see parseLosslessJson)
 * @param fallbackUpdatedAt used when the payload has no `updated_at`: the delivery's triggered-at
 * @throws ZodError or RangeError when the payload cannot be an order
 */
export function mapOrderPayload(json: unknown, fallbackUpdatedAt: string | null = null): MappedOrder {
  const order = orderPayloadSchema.parse(json);
  const updatedAt = order.updated_at ?? fallbackUpdatedAt;
  if (!updatedAt) throw new RangeError("The order has no updated_at, so its place in time is unknown.");
  const currency = order.currency ?? order.presentment_currency;
  if (!currency) throw new RangeError("The order has no currency, so its amounts mean nothing.");

  const minor = (value: string | number | null | undefined) => parseMinor(value ?? "0", currency);
  const lines = mapLines(order, minor);
  const shippingFee = mapShippingFee(order, minor);
  const presentmentCurrency = order.presentment_currency ?? currency;
  const presentmentTotal =
    (order.current_total_price_set ?? order.total_price_set)?.presentment_money?.amount ??
    (presentmentCurrency === currency ? (order.current_total_price ?? order.total_price) : null);
  const tracking = latestTracking(order);
  const shipments = mapShipments(order);

  return {
    shopifyOrderId: order.id.toString(),
    updatedAt,
    lines,
    shipments,
    customer: mapCustomer(order),
    editable: {
      status: mapStatus({
        cancelledAt: order.cancelled_at,
        fulfillmentStatus: order.fulfillment_status,
        financialStatus: order.financial_status,
      }),
      trackingCompany: tracking?.tracking_company ?? null,
      trackingNumber: tracking?.tracking_number ?? null,
      note: order.note,
    },
    external: {
      name: order.name ?? `#${order.order_number ?? order.id}`,
      financialStatus: order.financial_status,
      fulfillmentStatus: order.fulfillment_status,
      customerName:
        personName(order.customer) ??
        addressName(order.shipping_address) ??
        addressName(order.billing_address),
      email: order.email ?? order.customer?.email ?? null,
      currency,
      totalMinor: minor(order.current_total_price ?? order.total_price).toString(),
      subtotalMinor: minor(order.current_subtotal_price ?? order.subtotal_price).toString(),
      taxMinor: minor(order.current_total_tax ?? order.total_tax).toString(),
      discountMinor: minor(order.current_total_discounts ?? order.total_discounts).toString(),
      shippingFeeMinor: shippingFee.toString(),
      taxesIncluded: order.taxes_included ?? false,
      presentmentCurrency,
      presentmentTotalMinor: parseMinor(presentmentTotal ?? "0", presentmentCurrency).toString(),
      orderedTotalMinor: minor(order.total_price).toString(),
      computedTotalMinor: computeTotal(order, lines, shippingFee, minor).toString(),
      itemCount: lines.reduce((sum, line) => sum + line.currentQuantity, 0),
      linesHash: hashOf(lines),
      itemsText: lines.map(describeLine).join("\n"),
      totalWeightGrams: order.total_weight ?? null,
      shippingLines: order.shipping_lines ? standingShippingLines(order).length : null,
      sourceName: order.source_name,
      tags: mapTags(order.tags),
      test: order.test ?? false,
      shippingAddress: mapAddress(order.shipping_address),
      billingAddress: mapAddress(order.billing_address),
      createdAt: order.created_at ?? order.processed_at ?? updatedAt,
      processedAt: order.processed_at,
      cancelledAt: order.cancelled_at,
      closedAt: order.closed_at,
      // As far as this payload alone tells; events and what was heard before may know better.
      ...shipmentTimes(mergeShipments([], shipments)),
    },
  };
}

type ToMinor = (value: string | number | null | undefined) => bigint;

function mapLines(order: OrderPayload, minor: ToMinor): MappedLine[] {
  return (order.line_items ?? []).map((line, position) => ({
    shopifyLineId: line.id?.toString() ?? null,
    position,
    title: line.title ?? line.name ?? "Untitled item",
    variantTitle: line.variant_title,
    sku: line.sku,
    quantity: line.quantity ?? 0,
    currentQuantity: line.current_quantity ?? line.quantity ?? 0,
    unitPriceMinor: minor(line.price).toString(),
    discountMinor: sum(line.discount_allocations ?? [], ({ amount }) => minor(amount)).toString(),
    taxMinor: sum(line.tax_lines ?? [], ({ price }) => minor(price)).toString(),
    taxable: line.taxable ?? true,
  }));
}

/** The sum of the shipping lines at their discounted price (domain rule 5). */
function mapShippingFee(order: OrderPayload, minor: ToMinor): bigint {
  return sum(standingShippingLines(order), (line) =>
    line.discounted_price != null
      ? minor(line.discounted_price)
      : minor(line.price) - sum(line.discount_allocations ?? [], ({ amount }) => minor(amount)),
  );
}

const standingShippingLines = (order: OrderPayload) =>
  (order.shipping_lines ?? []).filter((line) => !line.is_removed);

/** Our own sum of what was ordered, to be held against Shopify's `total_price`. */
function computeTotal(order: OrderPayload, lines: MappedLine[], shippingFee: bigint, minor: ToMinor): bigint {
  const goods = sum(
    lines,
    (line) => BigInt(line.unitPriceMinor) * BigInt(line.quantity) - BigInt(line.discountMinor),
  );
  const extras = [
    order.original_total_duties_set,
    order.original_total_additional_fees_set,
    order.total_cash_rounding_payment_adjustment_set,
  ];
  return (
    goods +
    shippingFee +
    (order.taxes_included ? 0n : minor(order.total_tax)) +
    minor(order.total_tip_received) +
    sum(extras, (set) => minor(set?.shop_money?.amount))
  );
}

/** A shipment without a status is taken for one that stands. */
const shipmentStatus = (status: string | null) => status ?? "success";

/** The tracking of the newest shipment that still stands. */
function latestTracking(order: OrderPayload) {
  return (order.fulfillments ?? []).findLast(
    ({ status, tracking_number, tracking_company }) =>
      isStanding(shipmentStatus(status)) && (tracking_number !== null || tracking_company !== null),
  );
}

/** A webhook says that a shipment was delivered but not when: its last change is then the nearest it knows. */
function mapShipments({ fulfillments }: OrderPayload): MappedShipment[] {
  return (fulfillments ?? []).map((one, position) => ({
    // One without an id goes by its place, a number that no Shopify id has.
    shopifyFulfillmentId: (one.id ?? position + 1).toString(),
    status: shipmentStatus(one.status),
    trackingCompany: one.tracking_company,
    trackingNumber: one.tracking_number,
    trackingUrl: safeTrackingUrl(one.tracking_url),
    shippedAt: one.created_at,
    heardDeliveredAt: one.shipment_status === "delivered" ? one.updated_at : null,
    events: [
      ...(one.in_transit_at ? [{ status: "in_transit", happenedAt: one.in_transit_at }] : []),
      ...(one.delivered_at ? [{ status: "delivered", happenedAt: one.delivered_at }] : []),
    ],
  }));
}

/**
 * Maps a fulfilment event to our terms.
 * @param json the parsed payload; ids beyond 2^53 as `bigint` (see parseLosslessJson)
 * @throws ZodError or RangeError when it does not say what happened to which shipment and when
 */
export function mapFulfillmentEvent(json: unknown): { shopifyOrderId: string; event: ShipmentEvent } {
  const { order_id, fulfillment_id, status, happened_at, created_at } = fulfillmentEventSchema.parse(json);
  const happenedAt = happened_at ?? created_at;
  if (!happenedAt) throw new RangeError("The event says no time at which it happened.");
  return {
    shopifyOrderId: order_id.toString(),
    event: { shopifyFulfillmentId: fulfillment_id.toString(), status, happenedAt },
  };
}

/** Tabs and line breaks divide the parts, so they cannot stand inside one. */
const describeLine = ({ title, variantTitle, sku }: MappedLine) =>
  [title, variantTitle ?? "", sku ?? ""].map((part) => part.replace(/[\t\n]+/g, " ")).join("\t");

function mapCustomer({ customer }: OrderPayload): MappedCustomer | null {
  if (!customer) return null;
  return {
    shopifyCustomerId: customer.id.toString(),
    firstName: customer.first_name,
    lastName: customer.last_name,
    email: customer.email,
    phone: customer.phone,
    updatedAt: customer.updated_at,
  };
}

function mapTags(tags: OrderPayload["tags"]): string[] {
  const list = typeof tags === "string" ? tags.split(",") : (tags ?? []);
  return uniqueTags(list.flatMap((tag) => normaliseText(tag) ?? [])).sort();
}

function mapAddress(address: AddressPayload): StoredAddress | null {
  if (!address) return null;
  const { company, address1, address2, zip, city, province, country, phone } = address;
  return {
    name: addressName(address),
    company,
    address1,
    address2,
    zip,
    city,
    province,
    country,
    countryCode: address.country_code,
    phone,
  };
}

const addressName = (address: AddressPayload) => address?.name ?? personName(address);

function personName(
  person: { first_name: string | null; last_name: string | null } | null | undefined,
): string | null {
  return [person?.first_name, person?.last_name].filter(Boolean).join(" ") || null;
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => bigint): bigint {
  return items.reduce((total, item) => total + amountOf(item), 0n);
}

function hashOf(lines: MappedLine[]): string {
  return createHash("sha256").update(JSON.stringify(lines)).digest("base64").slice(0, 22);
}
