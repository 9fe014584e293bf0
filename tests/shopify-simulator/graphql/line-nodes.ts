import { globalId } from "../ids.ts";
import type { Currencies } from "../orders/money.ts";
import { toMoneySet } from "../orders/money.ts";
import type {
  DiscountAllocation,
  DiscountApplication,
  LineItem,
  OrderPayload,
  ShippingLine,
} from "../orders/order-payload.ts";
import { lineAmounts, orderCurrencies } from "../orders/recalculate-order.ts";
import { moneyNode, taxLineNode } from "./money-node.ts";
import type { Node } from "./resolve-field.ts";

const applicationTypes: Record<DiscountApplication["type"], string> = {
  discount_code: "DiscountCodeApplication",
  manual: "ManualDiscountApplication",
  automatic: "AutomaticDiscountApplication",
};

export const discountApplicationNode = (application: DiscountApplication, index: number): Node => ({
  __typename: applicationTypes[application.type],
  index,
  code: application.code,
  title: application.title ?? application.code,
  allocationMethod: application.allocation_method.toUpperCase(),
  targetSelection: application.target_selection.toUpperCase(),
  targetType: application.target_type.toUpperCase(),
  value:
    application.value_type === "percentage"
      ? { __typename: "PricingPercentageValue", percentage: Number(application.value) }
      : { __typename: "MoneyV2", amount: application.value, currencyCode: "EUR" },
});

const allocationNode =
  (order: OrderPayload) =>
  (allocation: DiscountAllocation): Node => {
    const index = allocation.discount_application_index;
    const application = order.discount_applications[index];
    return {
      allocatedAmountSet: moneyNode(allocation.amount_set),
      ...(application && { discountApplication: discountApplicationNode(application, index) }),
    };
  };

export function lineItemNode(order: OrderPayload, line: LineItem): Node {
  const currencies: Currencies = orderCurrencies(order);
  const { gross, net } = lineAmounts(line, order.taxes_included);
  return {
    __typename: "LineItem",
    id: line.admin_graphql_api_id,
    name: line.name,
    title: line.title,
    variantTitle: line.variant_title,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: line.current_quantity,
    unfulfilledQuantity: line.fulfillable_quantity,
    fulfillableQuantity: line.fulfillable_quantity,
    refundableQuantity: line.current_quantity,
    originalUnitPriceSet: moneyNode(line.price_set),
    originalTotalSet: moneyNode(toMoneySet(gross, currencies)),
    discountedTotalSet: moneyNode(toMoneySet(net, currencies)),
    totalDiscountSet: moneyNode(line.total_discount_set),
    discountAllocations: line.discount_allocations.map(allocationNode(order)),
    taxLines: line.tax_lines.map(taxLineNode),
    taxable: line.taxable,
    requiresShipping: line.requires_shipping,
    isGiftCard: line.gift_card,
    customAttributes: line.properties.map(({ name, value }) => ({ key: name, value })),
    variant:
      line.variant_id === null
        ? null
        : {
            id: globalId("ProductVariant", line.variant_id),
            legacyResourceId: String(line.variant_id),
            title: line.variant_title ?? "Default",
            sku: line.sku,
          },
    product:
      line.product_id === null
        ? null
        : {
            id: globalId("Product", line.product_id),
            legacyResourceId: String(line.product_id),
            title: line.title,
            vendor: line.vendor ?? "",
          },
  };
}

export const shippingLineNode = (order: OrderPayload, line: ShippingLine): Node => ({
  id: globalId("ShippingLine", line.id),
  title: line.title,
  code: line.code,
  source: line.source,
  isRemoved: line.is_removed,
  originalPriceSet: moneyNode(line.price_set),
  discountedPriceSet: moneyNode(line.discounted_price_set),
  currentDiscountedPriceSet: moneyNode(line.current_discounted_price_set),
  discountAllocations: line.discount_allocations.map(allocationNode(order)),
  taxLines: line.tax_lines.map(taxLineNode),
});
