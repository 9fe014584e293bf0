import { globalId } from "../ids.ts";
import { fromMoneySet, parseMinor, share, subtract, toMoneySet } from "../orders/money.ts";
import type { OrderPayload } from "../orders/order-payload.ts";
import { orderCurrencies } from "../orders/recalculate-order.ts";
import type { SimulatedShop } from "../simulated-shop.ts";
import { listConnection } from "./connection.ts";
import { fulfillmentNode, refundNode } from "./fulfillment-nodes.ts";
import { discountApplicationNode, lineItemNode, shippingLineNode } from "./line-nodes.ts";
import { moneyNode, taxLineNode, utc } from "./money-node.ts";
import { addressNode, customerNode } from "./people-nodes.ts";
import type { Node } from "./resolve-field.ts";

const fulfillmentStatuses: Record<string, string> = {
  partial: "PARTIALLY_FULFILLED",
  fulfilled: "FULFILLED",
  restocked: "RESTOCKED",
};

function moneyFields(order: OrderPayload): Node {
  const currencies = orderCurrencies(order);
  const current = fromMoneySet(order.current_total_price_set);
  // The payload has the outstanding amount in shop money only: the buyer's side is the same part of the total.
  const outstanding = {
    ...share(current, parseMinor(order.total_outstanding, order.currency), current.shop),
    shop: parseMinor(order.total_outstanding, order.currency),
  };
  const tip = parseMinor(order.total_tip_received, order.currency);
  return {
    totalPriceSet: moneyNode(order.total_price_set),
    originalTotalPriceSet: moneyNode(order.total_price_set),
    currentTotalPriceSet: moneyNode(order.current_total_price_set),
    subtotalPriceSet: moneyNode(order.subtotal_price_set),
    currentSubtotalPriceSet: moneyNode(order.current_subtotal_price_set),
    totalTaxSet: moneyNode(order.total_tax_set),
    currentTotalTaxSet: moneyNode(order.current_total_tax_set),
    totalDiscountsSet: moneyNode(order.total_discounts_set),
    currentTotalDiscountsSet: moneyNode(order.current_total_discounts_set),
    totalShippingPriceSet: moneyNode(order.total_shipping_price_set),
    currentShippingPriceSet: moneyNode(order.current_shipping_price_set),
    totalTipReceivedSet: moneyNode(toMoneySet({ shop: tip, presentment: tip }, currencies)),
    totalOutstandingSet: moneyNode(toMoneySet(outstanding, currencies)),
    netPaymentSet: moneyNode(toMoneySet(subtract(current, outstanding), currencies)),
    totalRefundedSet: moneyNode(
      toMoneySet(subtract(fromMoneySet(order.total_price_set), current), currencies),
    ),
  };
}

/** The order as the Admin API shows it, read from the payload that webhooks carry: the two can never disagree. */
export function orderNode(order: OrderPayload, shop: SimulatedShop): Node {
  return {
    __typename: "Order",
    id: order.admin_graphql_api_id,
    legacyResourceId: String(order.id),
    name: order.name,
    number: order.order_number,
    email: order.email || null,
    phone: order.phone,
    note: order.note,
    tags: order.tags
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean),
    test: order.test,
    confirmed: order.confirmed,
    confirmationNumber: order.confirmation_number,
    poNumber: order.po_number,
    sourceName: order.source_name,
    customerLocale: order.customer_locale,
    createdAt: utc(order.created_at),
    updatedAt: utc(order.updated_at),
    processedAt: utc(order.processed_at),
    cancelledAt: utc(order.cancelled_at),
    cancelReason: order.cancel_reason?.toUpperCase() ?? null,
    closedAt: utc(order.closed_at),
    closed: order.closed_at !== null,
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentment_currency,
    displayFinancialStatus: order.financial_status.toUpperCase(),
    displayFulfillmentStatus: fulfillmentStatuses[order.fulfillment_status ?? ""] ?? "UNFULFILLED",
    returnStatus: "NO_RETURN",
    fullyPaid: parseMinor(order.total_outstanding, order.currency) <= 0,
    unpaid: order.financial_status === "pending",
    taxesIncluded: order.taxes_included,
    taxExempt: order.tax_exempt,
    dutiesIncluded: order.duties_included,
    estimatedTaxes: order.estimated_taxes,
    requiresShipping: order.line_items.some((line) => line.requires_shipping),
    paymentGatewayNames: order.payment_gateway_names,
    discountCodes: order.discount_codes.map((one) => one.code),
    discountCode: order.discount_codes[0]?.code ?? null,
    customAttributes: order.note_attributes.map(({ name, value }) => ({ key: name, value })),
    statusPageUrl: order.order_status_url,
    totalWeight: String(order.total_weight),
    ...moneyFields(order),
    taxLines: order.tax_lines.map(taxLineNode),
    currentTaxLines: order.tax_lines.map(taxLineNode),
    customer: customerNode(order.customer),
    shippingAddress: addressNode(order.shipping_address, order.id + 1n),
    billingAddress: addressNode(order.billing_address, order.id + 2n),
    shippingLine: order.shipping_lines[0] ? shippingLineNode(order, order.shipping_lines[0]) : null,
    shippingLines: listConnection(order.shipping_lines.map((line) => shippingLineNode(order, line))),
    lineItems: listConnection(order.line_items.map((line) => lineItemNode(order, line))),
    discountApplications: listConnection(order.discount_applications.map(discountApplicationNode)),
    fulfillments: ({ first }: { first?: number | null }) =>
      order.fulfillments
        .slice(0, first ?? undefined)
        .map((one) => fulfillmentNode(order, one, shop.fulfillmentEvents.get(String(one.id)) ?? [])),
    fulfillmentsCount: { count: order.fulfillments.length, precision: "EXACT" },
    refunds: order.refunds.map((refund) => refundNode(order, refund)),
    merchantBusinessEntity: { id: globalId("BusinessEntity", 1n) },
  };
}
