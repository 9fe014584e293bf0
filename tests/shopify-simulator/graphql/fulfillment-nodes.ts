import { globalId } from "../ids.ts";
import type { FulfillmentEvent } from "../orders/fulfillment-events.ts";
import { parseMinor, toMoneySet } from "../orders/money.ts";
import type { Fulfillment, OrderPayload, Refund } from "../orders/order-payload.ts";
import { orderCurrencies } from "../orders/recalculate-order.ts";
import { listConnection } from "./connection.ts";
import { lineItemNode } from "./line-nodes.ts";
import { moneyNode, utc } from "./money-node.ts";
import type { Node } from "./resolve-field.ts";

/** When the first event of a status happened. */
function firstTime(events: FulfillmentEvent[], status: string): string | null {
  const times = events.filter((event) => event.status === status).map(({ happened_at }) => utc(happened_at));
  return times.sort()[0] ?? null;
}

export function fulfillmentNode(order: OrderPayload, one: Fulfillment, events: FulfillmentEvent[]): Node {
  const status = one.shipment_status;
  return {
    __typename: "Fulfillment",
    id: one.admin_graphql_api_id,
    legacyResourceId: String(one.id),
    name: one.name,
    status: one.status.toUpperCase(),
    displayStatus: (status ?? "fulfilled").toUpperCase(),
    createdAt: utc(one.created_at),
    updatedAt: utc(one.updated_at),
    deliveredAt: firstTime(events, "delivered"),
    inTransitAt: firstTime(events, "in_transit"),
    events: listConnection(
      events.map((event) => ({
        id: event.admin_graphql_api_id,
        status: event.status.toUpperCase(),
        message: event.message,
        happenedAt: utc(event.happened_at),
        createdAt: utc(event.created_at),
      })),
    ),
    totalQuantity: one.line_items.reduce((total, line) => total + line.quantity, 0),
    trackingInfo:
      one.tracking_company || one.tracking_number
        ? [{ company: one.tracking_company, number: one.tracking_number, url: one.tracking_url }]
        : [],
    fulfillmentLineItems: listConnection(
      one.line_items.map((line) => ({
        id: globalId("FulfillmentLineItem", line.id),
        quantity: line.quantity,
        lineItem: lineItemNode(order, line),
      })),
    ),
  };
}

export function refundNode(order: OrderPayload, refund: Refund): Node {
  const currencies = orderCurrencies(order);
  const presentment = refund.transactions.reduce(
    (total, one) => total + parseMinor(one.amount, one.currency),
    0,
  );
  const same = currencies.shop === currencies.presentment;
  const value = [...refund.refund_line_items.map((line) => line.subtotal_set)].reduce(
    (total, set) => total + parseMinor(set.shop_money.amount, currencies.shop),
    0,
  );
  return {
    __typename: "Refund",
    id: refund.admin_graphql_api_id,
    legacyResourceId: String(refund.id),
    createdAt: utc(refund.created_at),
    updatedAt: utc(refund.created_at),
    processedAt: utc(refund.processed_at),
    note: refund.note,
    totalRefundedSet: moneyNode(toMoneySet({ shop: same ? presentment : value, presentment }, currencies)),
    refundLineItems: listConnection(
      refund.refund_line_items.map((line) => ({
        id: globalId("RefundLineItem", line.id),
        quantity: line.quantity,
        restocked: refund.restock,
        restockType: line.restock_type.toUpperCase(),
        subtotalSet: moneyNode(line.subtotal_set),
        totalTaxSet: moneyNode(line.total_tax_set),
        lineItem: lineItemNode(order, line.line_item),
      })),
    ),
    refundShippingLines: listConnection(
      refund.refund_shipping_lines.map((line) => ({
        id: globalId("RefundShippingLine", line.id),
        subtotalAmountSet: moneyNode(line.subtotal_amount_set),
      })),
    ),
  };
}
