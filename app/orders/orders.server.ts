import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { customers, orderEvents, orderLines, orders } from "../../drizzle/schema/index.ts";
import type { StoredAddress } from "../../drizzle/schema/orders.ts";
import { type Db, type Tx, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { VersionChanges } from "./describe-change.ts";
import type { EditableFields, OrderId, OrderStatus } from "./order.ts";
import { listOrderShipments } from "./order-shipments.server.ts";
import type { Shipment } from "./shipments.ts";

/** An order as a row of the table. Amounts are minor units as text, instants ISO 8601, so that JSON loses nothing. */
export interface OrderListItem extends EditableFields {
  id: OrderId;
  name: string;
  customerName: string | null;
  email: string | null;
  createdAt: string;
  updatedAt: string;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  totalMinor: string;
  currency: string;
  itemCount: number;
  sourceName: string | null;
  tags: string[];
  test: boolean;
  needsReview: boolean;
  version: number;
}

const listColumns = {
  id: sql<OrderId>`${orders.id}`,
  name: orders.name,
  customerName: orders.customerName,
  email: orders.email,
  createdAt: sql<string>`to_json(${orders.createdAt})#>>'{}'`,
  updatedAt: sql<string>`to_json(${orders.updatedAt})#>>'{}'`,
  status: sql<OrderStatus>`${orders.status}`,
  financialStatus: orders.financialStatus,
  fulfillmentStatus: orders.fulfillmentStatus,
  totalMinor: sql<string>`${orders.totalMinor}::text`,
  currency: orders.currency,
  trackingCompany: orders.trackingCompany,
  trackingNumber: orders.trackingNumber,
  note: orders.note,
  itemCount: orders.itemCount,
  sourceName: orders.sourceName,
  tags: orders.tags,
  test: orders.test,
  needsReview: orders.needsReview,
  version: orders.version,
};

/** Reads orders as rows of the table, in the order of the given ids. Those of another shop are left out. */
export async function readListItems(tx: Tx, shopId: ShopId, ids: string[]): Promise<OrderListItem[]> {
  if (ids.length === 0) return [];
  const rows = await tx.orm
    .select(listColumns)
    .from(orders)
    .where(and(eq(orders.shopId, shopId), inArray(orders.id, ids), isNull(orders.deletedAt)));
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What the edit form needs of an order. */
export type EditableOrder = EditableFields & { id: OrderId; name: string; version: number };

/** @returns null for an unknown or deleted order, another shop's included */
export function findEditableOrder(db: Db, shopId: ShopId, orderId: OrderId): Promise<EditableOrder | null> {
  return withShop(db, shopId, async (tx) => {
    const { id, name, version, status, trackingCompany, trackingNumber, note } = listColumns;
    const [row] = await tx.orm
      .select({ id, name, version, status, trackingCompany, trackingNumber, note })
      .from(orders)
      .where(isLiveOrder(shopId, orderId));
    return row ?? null;
  });
}

const isLiveOrder = (shopId: ShopId, orderId: OrderId) =>
  and(eq(orders.shopId, shopId), eq(orders.id, orderId), isNull(orders.deletedAt));

export interface OrderLine {
  position: number;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  quantity: number;
  currentQuantity: number;
  unitPriceMinor: string;
  discountMinor: string;
  taxMinor: string;
}

/** One row of the timeline. */
export interface TimelineEntry {
  version: number;
  kind: string;
  actorKind: string;
  actorName: string;
  changes: VersionChanges;
  /** A merchant's values that Shopify overwrote here and that can be restored. */
  overwritten: Partial<EditableFields> | null;
  /** The bulk action that made it. */
  bulkActionId: string | null;
  createdAt: string;
}

export interface OrderDetail extends OrderListItem {
  shopifyOrderId: string;
  subtotalMinor: string;
  taxMinor: string;
  discountMinor: string;
  shippingFeeMinor: string;
  /** How many lines the fee is the sum of; null when nothing was ever said of them. */
  shippingLines: number | null;
  totalWeightGrams: number | null;
  taxesIncluded: boolean;
  presentmentCurrency: string;
  presentmentTotalMinor: string;
  orderedTotalMinor: string;
  computedTotalMinor: string;
  sourceName: string | null;
  tags: string[];
  shippingAddress: StoredAddress | null;
  billingAddress: StoredAddress | null;
  cancelledAt: string | null;
  closedAt: string | null;
  shippedAt: string | null;
  /** When the last shipment arrived; null while one is under way. */
  deliveredAt: string | null;
  /** When Shopify last changed the order, as far as we know. */
  lastExternalUpdatedAt: string;
  customer: { id: string; shopifyCustomerId: string; phone: string | null; erased: boolean } | null;
  lines: OrderLine[];
  /** Those that Shopify names, oldest first. */
  shipments: Shipment[];
  timeline: TimelineEntry[];
}

const detailColumns = {
  ...listColumns,
  shopifyOrderId: sql<string>`${orders.shopifyOrderId}::text`,
  subtotalMinor: sql<string>`${orders.subtotalMinor}::text`,
  taxMinor: sql<string>`${orders.taxMinor}::text`,
  discountMinor: sql<string>`${orders.discountMinor}::text`,
  shippingFeeMinor: sql<string>`${orders.shippingFeeMinor}::text`,
  shippingLines: orders.shippingLines,
  totalWeightGrams: orders.totalWeightGrams,
  taxesIncluded: orders.taxesIncluded,
  presentmentCurrency: orders.presentmentCurrency,
  presentmentTotalMinor: sql<string>`${orders.presentmentTotalMinor}::text`,
  orderedTotalMinor: sql<string>`${orders.orderedTotalMinor}::text`,
  computedTotalMinor: sql<string>`${orders.computedTotalMinor}::text`,
  sourceName: orders.sourceName,
  tags: orders.tags,
  shippingAddress: orders.shippingAddress,
  billingAddress: orders.billingAddress,
  cancelledAt: sql<string | null>`to_json(${orders.cancelledAt})#>>'{}'`,
  closedAt: sql<string | null>`to_json(${orders.closedAt})#>>'{}'`,
  shippedAt: sql<string | null>`to_json(${orders.shippedAt})#>>'{}'`,
  deliveredAt: sql<string | null>`to_json(${orders.deliveredAt})#>>'{}'`,
  lastExternalUpdatedAt: sql<string>`to_json(${orders.lastExternalUpdatedAt})#>>'{}'`,
  customerId: customers.id,
  customerShopifyId: sql<string | null>`${customers.shopifyCustomerId}::text`,
  customerPhone: customers.phone,
  customerErased: sql<boolean>`${customers.erasedAt} is not null`,
};

/** The newest timeline rows that the order page shows. */
const timelineLimit = 200;

/** @returns null for an unknown or deleted order, another shop's included */
export function findOrder(db: Db, shopId: ShopId, orderId: OrderId): Promise<OrderDetail | null> {
  return withShop(db, shopId, async (tx) => {
    const [[row], lines, shipments, timeline] = await Promise.all([
      tx.orm
        .select(detailColumns)
        .from(orders)
        .leftJoin(customers, and(eq(customers.shopId, orders.shopId), eq(customers.id, orders.customerId)))
        .where(isLiveOrder(shopId, orderId)),
      readLines(tx, shopId, orderId),
      listOrderShipments(tx, shopId, orderId),
      readTimeline(tx, shopId, orderId),
    ]);
    if (!row) return null;
    const { customerId, customerShopifyId, customerPhone, customerErased, ...order } = row;
    const customer =
      customerId && customerShopifyId
        ? {
            id: customerId,
            shopifyCustomerId: customerShopifyId,
            phone: customerPhone,
            erased: customerErased,
          }
        : null;
    return { ...order, customer, lines, shipments, timeline };
  });
}

function readLines(tx: Tx, shopId: ShopId, orderId: OrderId): Promise<OrderLine[]> {
  return tx.orm
    .select({
      position: orderLines.position,
      title: orderLines.title,
      variantTitle: orderLines.variantTitle,
      sku: orderLines.sku,
      quantity: orderLines.quantity,
      currentQuantity: orderLines.currentQuantity,
      unitPriceMinor: sql<string>`${orderLines.unitPriceMinor}::text`,
      discountMinor: sql<string>`${orderLines.discountMinor}::text`,
      taxMinor: sql<string>`${orderLines.taxMinor}::text`,
    })
    .from(orderLines)
    .where(and(eq(orderLines.shopId, shopId), eq(orderLines.orderId, orderId)))
    .orderBy(asc(orderLines.position));
}

function readTimeline(tx: Tx, shopId: ShopId, orderId: OrderId): Promise<TimelineEntry[]> {
  return tx.orm
    .select({
      version: orderEvents.version,
      kind: orderEvents.kind,
      actorKind: orderEvents.actorKind,
      actorName: orderEvents.actorName,
      changes: sql<VersionChanges>`${orderEvents.changes}`,
      overwritten: sql<Partial<EditableFields> | null>`${orderEvents.overwritten}`,
      bulkActionId: orderEvents.bulkActionId,
      createdAt: sql<string>`to_json(${orderEvents.createdAt})#>>'{}'`,
    })
    .from(orderEvents)
    .where(and(eq(orderEvents.shopId, shopId), eq(orderEvents.orderId, orderId)))
    .orderBy(desc(orderEvents.version))
    .limit(timelineLimit);
}
