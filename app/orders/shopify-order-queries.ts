import { z } from "zod";

/**
 * The GraphQL operations that read orders, and what we expect back. Each object of an answer costs a point and a
 * query may ask for a thousand, so changed orders are listed cheaply and read one by one.
 */

/** Which orders have changed since an instant, oldest change first. */
export const changedOrdersQuery = `#graphql
  query ChangedOrders($query: String!, $after: String) {
    orders(first: 100, after: $after, query: $query, sortKey: UPDATED_AT) {
      pageInfo { hasNextPage endCursor }
      nodes { legacyResourceId updatedAt }
    }
  }`;

export const changedOrdersSchema = z.object({
  orders: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    nodes: z.array(z.object({ legacyResourceId: z.coerce.string(), updatedAt: z.string() })),
  }),
});

/** One order with a page of its lines. */
export const orderQuery = `#graphql
  query OrderWithLines($id: ID!, $afterLine: String) {
    order(id: $id) {
      legacyResourceId name email note tags test sourceName createdAt updatedAt processedAt cancelledAt closedAt
      totalWeight
      currencyCode presentmentCurrencyCode displayFinancialStatus displayFulfillmentStatus taxesIncluded
      totalPriceSet { shopMoney { amount } }
      currentTotalPriceSet { shopMoney { amount } presentmentMoney { amount } }
      subtotalPriceSet { shopMoney { amount } }
      currentSubtotalPriceSet { shopMoney { amount } }
      totalTaxSet { shopMoney { amount } }
      currentTotalTaxSet { shopMoney { amount } }
      totalDiscountsSet { shopMoney { amount } }
      currentTotalDiscountsSet { shopMoney { amount } }
      totalTipReceivedSet { shopMoney { amount } }
      customer {
        legacyResourceId firstName lastName updatedAt
        defaultEmailAddress { emailAddress }
        defaultPhoneNumber { phoneNumber }
      }
      shippingAddress { ...Address }
      billingAddress { ...Address }
      shippingLines(first: 10) { nodes { discountedPriceSet { shopMoney { amount } } } }
      lineItems(first: 50, after: $afterLine) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id title variantTitle sku quantity currentQuantity taxable
          originalUnitPriceSet { shopMoney { amount } }
          discountAllocations { allocatedAmountSet { shopMoney { amount } } }
          taxLines { priceSet { shopMoney { amount } } }
        }
      }
      fulfillments(first: 20) {
        legacyResourceId status displayStatus createdAt updatedAt inTransitAt deliveredAt
        trackingInfo(first: 1) { company number url }
      }
    }
  }
  fragment Address on MailingAddress {
    name company address1 address2 zip city province country countryCodeV2 phone
  }`;

const text = z.string().nullish();
const shopMoney = z.object({ shopMoney: z.object({ amount: z.string() }) }).nullish();
const address = z
  .object({
    name: text,
    company: text,
    address1: text,
    address2: text,
    zip: text,
    city: text,
    province: text,
    country: text,
    countryCodeV2: text,
    phone: text,
  })
  .nullish();

export const orderAnswerSchema = z.object({
  order: z
    .object({
      legacyResourceId: z.coerce.string(),
      name: z.string(),
      email: text,
      note: text,
      tags: z.array(z.string()),
      test: z.boolean(),
      sourceName: text,
      createdAt: z.string(),
      updatedAt: z.string(),
      processedAt: text,
      cancelledAt: text,
      totalWeight: z.union([z.string(), z.number()]).nullish(),
      closedAt: text,
      currencyCode: z.string(),
      presentmentCurrencyCode: text,
      displayFinancialStatus: text,
      displayFulfillmentStatus: text,
      taxesIncluded: z.boolean(),
      totalPriceSet: shopMoney,
      currentTotalPriceSet: z
        .object({
          shopMoney: z.object({ amount: z.string() }),
          presentmentMoney: z.object({ amount: z.string() }),
        })
        .nullish(),
      subtotalPriceSet: shopMoney,
      currentSubtotalPriceSet: shopMoney,
      totalTaxSet: shopMoney,
      currentTotalTaxSet: shopMoney,
      totalDiscountsSet: shopMoney,
      currentTotalDiscountsSet: shopMoney,
      totalTipReceivedSet: shopMoney,
      customer: z
        .object({
          legacyResourceId: z.coerce.string(),
          firstName: text,
          lastName: text,
          updatedAt: text,
          defaultEmailAddress: z.object({ emailAddress: text }).nullish(),
          defaultPhoneNumber: z.object({ phoneNumber: text }).nullish(),
        })
        .nullish(),
      shippingAddress: address,
      billingAddress: address,
      shippingLines: z.object({ nodes: z.array(z.object({ discountedPriceSet: shopMoney })) }),
      lineItems: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
        nodes: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            variantTitle: text,
            sku: text,
            quantity: z.number().int(),
            currentQuantity: z.number().int(),
            taxable: z.boolean(),
            originalUnitPriceSet: shopMoney,
            discountAllocations: z.array(z.object({ allocatedAmountSet: shopMoney })),
            taxLines: z.array(z.object({ priceSet: shopMoney })),
          }),
        ),
      }),
      fulfillments: z.array(
        z.object({
          legacyResourceId: z.coerce.string(),
          status: z.string(),
          displayStatus: text,
          createdAt: text,
          updatedAt: text,
          inTransitAt: text,
          deliveredAt: text,
          trackingInfo: z.array(z.object({ company: text, number: text, url: text })),
        }),
      ),
    })
    .nullable(),
});

export type OrderAnswer = NonNullable<z.output<typeof orderAnswerSchema>["order"]>;

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
  const amount = (set: z.output<typeof shopMoney>) => set?.shopMoney.amount;
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
    current_total_price_set: order.currentTotalPriceSet && {
      presentment_money: { amount: order.currentTotalPriceSet.presentmentMoney.amount },
    },
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
      discounted_price: amount(line.discountedPriceSet),
    })),
    line_items: order.lineItems.nodes.map((line) => ({
      id: line.id.replace(/\D/g, ""),
      title: line.title,
      variant_title: line.variantTitle,
      sku: line.sku,
      quantity: line.quantity,
      current_quantity: line.currentQuantity,
      taxable: line.taxable,
      price: amount(line.originalUnitPriceSet),
      discount_allocations: line.discountAllocations.map((part) => ({
        amount: amount(part.allocatedAmountSet),
      })),
      tax_lines: line.taxLines.map((tax) => ({ price: amount(tax.priceSet) })),
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

function toAddressPayload(given: z.output<typeof address>) {
  return given && { ...given, country_code: given.countryCodeV2 };
}
