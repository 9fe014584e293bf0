import type { AddressAnswer, BothAnswer, OrderAnswer, ShopMoneyAnswer } from "./shopify-order-queries.ts";

const fulfillmentWords: Record<string, string> = {
  FULFILLED: "fulfilled",
  PARTIALLY_FULFILLED: "partial",
  RESTOCKED: "restocked",
};

/**
 * Writes an order of the GraphQL API in the shape of a webhook's payload, so that both go through one mapping.
 * The webhook knows fewer words for fulfilment; the others mean "not yet", which is null there.
 */
export function toOrderPayload(order: OrderAnswer): Record<string, unknown> {
  return {
    id: order.legacyResourceId,
    name: order.name,
    email: order.email,
    note: order.note,
    tags: order.tags,
    test: order.test,
    source_name: order.sourceName,
    created_at: order.createdAt,
    updated_at: order.updatedAt,
    processed_at: order.processedAt,
    cancelled_at: order.cancelledAt,
    closed_at: order.closedAt,
    currency: order.currencyCode,
    presentment_currency: order.presentmentCurrencyCode,
    financial_status: order.displayFinancialStatus?.toLowerCase(),
    fulfillment_status: fulfillmentWords[order.displayFulfillmentStatus ?? ""] ?? null,
    taxes_included: order.taxesIncluded,
    total_price: amount(order.totalPriceSet),
    current_total_price: amount(order.currentTotalPriceSet),
    current_total_price_set: toSet(order.currentTotalPriceSet),
    current_total_tax_set: toSet(order.currentTotalTaxSet),
    original_total_duties_set: toSet(order.originalTotalDutiesSet),
    current_total_duties_set: toSet(order.currentTotalDutiesSet),
    original_total_additional_fees_set: toSet(order.originalTotalAdditionalFeesSet),
    current_total_additional_fees_set: toSet(order.currentTotalAdditionalFeesSet),
    total_cash_rounding_payment_adjustment_set: toSet(order.totalCashRoundingAdjustment?.paymentSet),
    total_cash_rounding_refund_adjustment_set: toSet(order.totalCashRoundingAdjustment?.refundSet),
    total_outstanding: amount(order.totalOutstandingSet),
    tax_exempt: order.taxExempt,
    duties_included: order.dutiesIncluded,
    customer_locale: order.customerLocale,
    po_number: order.poNumber,
    payment_gateway_names: order.paymentGatewayNames,
    note_attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value })),
    subtotal_price: amount(order.subtotalPriceSet),
    current_subtotal_price: amount(order.currentSubtotalPriceSet),
    total_tax: amount(order.totalTaxSet),
    current_total_tax: amount(order.currentTotalTaxSet),
    total_discounts: amount(order.totalDiscountsSet),
    current_total_discounts: amount(order.currentTotalDiscountsSet),
    total_tip_received: amount(order.totalTipReceivedSet),
    customer: order.customer && {
      id: order.customer.legacyResourceId,
      first_name: order.customer.firstName,
      last_name: order.customer.lastName,
      email: order.customer.defaultEmailAddress?.emailAddress,
      phone: order.customer.defaultPhoneNumber?.phoneNumber,
      updated_at: order.customer.updatedAt,
    },
    shipping_address: toAddressPayload(order.shippingAddress),
    billing_address: toAddressPayload(order.billingAddress),
    shipping_lines: order.shippingLines.nodes.map((line) => ({
      id: line.id && idOf(line.id),
      title: line.title,
      price: amount(line.originalPriceSet),
      price_set: toSet(line.originalPriceSet),
      discounted_price: amount(line.discountedPriceSet),
      discounted_price_set: toSet(line.discountedPriceSet),
      current_discounted_price_set: toSet(line.currentDiscountedPriceSet),
      tax_lines: line.taxLines,
    })),
    refunds: order.refunds.map((refund) => ({
      id: refund.legacyResourceId,
      note: refund.note,
      refund_line_items: refund.refundLineItems.nodes.map(({ quantity, lineItem }) => ({
        line_item_id: idOf(lineItem.id),
        quantity,
        line_item: { title: lineItem.title },
      })),
      order_adjustments: refund.orderAdjustments.nodes.map((one) => ({
        id: idOf(one.id),
        amount_set: toSet(one.amountSet),
        tax_amount_set: toSet(one.taxAmountSet),
      })),
    })),
    line_items: order.lineItems.nodes.map((line) => ({
      id: idOf(line.id),
      title: line.title,
      variant_title: line.variantTitle,
      sku: line.sku,
      quantity: line.quantity,
      current_quantity: line.currentQuantity,
      taxable: line.taxable,
      gift_card: line.isGiftCard,
      price: amount(line.originalUnitPriceSet),
      price_set: toSet(line.originalUnitPriceSet),
      discount_allocations: line.discountAllocations.map((part) => ({
        amount: amount(part.allocatedAmountSet),
        amount_set: toSet(part.allocatedAmountSet),
      })),
      tax_lines: line.taxLines.map(({ title, rate, priceSet }) => ({ title, rate, price: amount(priceSet) })),
      duties: line.duties.map(({ taxLines }) => ({ tax_lines: taxLines })),
    })),
    total_weight: order.totalWeight == null ? null : Number(order.totalWeight),
    fulfillments: order.fulfillments.map(({ trackingInfo: [tracking], ...shipment }) => ({
      id: shipment.legacyResourceId,
      status: shipment.status.toLowerCase(),
      shipment_status: shipment.displayStatus?.toLowerCase(),
      created_at: shipment.createdAt,
      updated_at: shipment.updatedAt,
      in_transit_at: shipment.inTransitAt,
      delivered_at: shipment.deliveredAt,
      tracking_company: tracking?.company,
      tracking_number: tracking?.number,
      tracking_url: tracking?.url,
    })),
  };
}

const amount = (set: ShopMoneyAnswer) => set?.shopMoney.amount;

const toSet = (set: BothAnswer) =>
  set && { shop_money: set.shopMoney, presentment_money: set.presentmentMoney };

const idOf = (globalId: string) => globalId.replace(/\D/g, "");

function toAddressPayload(given: AddressAnswer) {
  return given && { ...given, country_code: given.countryCodeV2 };
}
