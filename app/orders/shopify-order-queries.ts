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

/**
 * One order with a page of its lines. Refunds beyond the tenth, and their adjustments beyond the second, are not read:
 * an invoice that needs them is held, as its total is not explained, until a webhook brings them.
 */
export const orderQuery = `#graphql
  query OrderWithLines($id: ID!, $afterLine: String) {
    order(id: $id) {
      legacyResourceId name email note tags test sourceName createdAt updatedAt processedAt cancelledAt closedAt
      totalWeight
      currencyCode presentmentCurrencyCode displayFinancialStatus displayFulfillmentStatus taxesIncluded
      taxExempt dutiesIncluded customerLocale poNumber paymentGatewayNames
      customAttributes { key value }
      totalPriceSet { shopMoney { amount } }
      currentTotalPriceSet { ...Both }
      subtotalPriceSet { shopMoney { amount } }
      currentSubtotalPriceSet { shopMoney { amount } }
      totalTaxSet { shopMoney { amount } }
      currentTotalTaxSet { ...Both }
      totalDiscountsSet { shopMoney { amount } }
      currentTotalDiscountsSet { shopMoney { amount } }
      totalTipReceivedSet { shopMoney { amount } }
      totalOutstandingSet { shopMoney { amount } }
      originalTotalDutiesSet { ...Both }
      currentTotalDutiesSet { ...Both }
      originalTotalAdditionalFeesSet { ...Both }
      currentTotalAdditionalFeesSet { ...Both }
      totalCashRoundingAdjustment { paymentSet { ...Both } refundSet { ...Both } }
      customer {
        legacyResourceId firstName lastName updatedAt
        defaultEmailAddress { emailAddress }
        defaultPhoneNumber { phoneNumber }
      }
      shippingAddress { ...Address }
      billingAddress { ...Address }
      shippingLines(first: 5) {
        nodes {
          id title
          originalPriceSet { ...Both }
          discountedPriceSet { ...Both }
          currentDiscountedPriceSet { ...Both }
          taxLines { title rate }
        }
      }
      refunds(first: 10) {
        legacyResourceId note
        refundLineItems(first: 10) { nodes { quantity lineItem { id title } } }
        orderAdjustments(first: 2) { nodes { id amountSet { ...Both } taxAmountSet { ...Both } } }
      }
      lineItems(first: 30, after: $afterLine) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id title variantTitle sku quantity currentQuantity taxable isGiftCard
          originalUnitPriceSet { ...Both }
          discountAllocations { allocatedAmountSet { ...Both } }
          taxLines { title rate priceSet { shopMoney { amount } } }
          duties { taxLines { title rate } }
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
  }
  fragment Both on MoneyBag {
    shopMoney { amount }
    presentmentMoney { amount }
  }`;

/** Shipments that {@link orderQuery} reads. An order with as many may have more: {@link shipmentsQuery} reads those. */
export const shipmentsAtOnce = 20;

/** All shipments of an order, in the same words. There are no pages of them, and 250 is the most one can ask for. */
export const shipmentsQuery = `#graphql
  query OrderShipments($id: ID!) {
    order(id: $id) {
      fulfillments(first: 250) {
        legacyResourceId status displayStatus createdAt updatedAt inTransitAt deliveredAt
        trackingInfo(first: 1) { company number url }
      }
    }
  }`;

const text = z.string().nullish();
const money = z.object({ amount: z.string() });
const shopMoney = z.object({ shopMoney: money }).nullish();
const both = z.object({ shopMoney: money, presentmentMoney: money }).nullish();
const rates = z.array(z.object({ title: z.string(), rate: z.number().nullish() }));
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

const shipments = z.array(
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
);

export const shipmentsAnswerSchema = z.object({
  order: z.object({ fulfillments: shipments }).nullable(),
});

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
      taxExempt: z.boolean(),
      dutiesIncluded: z.boolean(),
      customerLocale: text,
      poNumber: text,
      paymentGatewayNames: z.array(z.string()),
      customAttributes: z.array(z.object({ key: z.string(), value: text })),
      currentTotalPriceSet: both,
      subtotalPriceSet: shopMoney,
      currentSubtotalPriceSet: shopMoney,
      totalTaxSet: shopMoney,
      currentTotalTaxSet: both,
      totalDiscountsSet: shopMoney,
      currentTotalDiscountsSet: shopMoney,
      totalTipReceivedSet: shopMoney,
      totalOutstandingSet: shopMoney,
      originalTotalDutiesSet: both,
      currentTotalDutiesSet: both,
      originalTotalAdditionalFeesSet: both,
      currentTotalAdditionalFeesSet: both,
      totalCashRoundingAdjustment: z.object({ paymentSet: both, refundSet: both }).nullish(),
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
      shippingLines: z.object({
        nodes: z.array(
          z.object({
            id: text,
            title: text,
            originalPriceSet: both,
            discountedPriceSet: both,
            currentDiscountedPriceSet: both,
            taxLines: rates,
          }),
        ),
      }),
      refunds: z.array(
        z.object({
          legacyResourceId: z.coerce.string(),
          note: text,
          refundLineItems: z.object({
            nodes: z.array(
              z.object({ quantity: z.number().int(), lineItem: z.object({ id: z.string(), title: text }) }),
            ),
          }),
          orderAdjustments: z.object({
            nodes: z.array(z.object({ id: z.string(), amountSet: both, taxAmountSet: both })),
          }),
        }),
      ),
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
            isGiftCard: z.boolean(),
            originalUnitPriceSet: both,
            discountAllocations: z.array(z.object({ allocatedAmountSet: both })),
            taxLines: z.array(z.object({ title: text, rate: z.number().nullish(), priceSet: shopMoney })),
            duties: z.array(z.object({ taxLines: rates })),
          }),
        ),
      }),
      fulfillments: shipments,
    })
    .nullable(),
});

export type BothAnswer = z.output<typeof both>;
export type ShopMoneyAnswer = z.output<typeof shopMoney>;
export type AddressAnswer = z.output<typeof address>;
export type OrderAnswer = NonNullable<z.output<typeof orderAnswerSchema>["order"]>;
