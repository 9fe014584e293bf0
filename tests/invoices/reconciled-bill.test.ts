import fc from "fast-check";
import { execute, Kind, parse } from "graphql";
import { expect, test } from "vitest";
import { mapBill } from "../../app/invoices/map-bill.ts";
import { orderAnswerSchema, orderQuery } from "../../app/orders/shopify-order-queries.ts";
import { toOrderPayload } from "../../app/orders/to-order-payload.ts";
import { adminSchema } from "../shopify-simulator/graphql/admin-schema.ts";
import { orderNode } from "../shopify-simulator/graphql/order-node.ts";
import { requestedCost } from "../shopify-simulator/graphql/query-cost.ts";
import { resolveField, resolveType } from "../shopify-simulator/graphql/resolve-field.ts";
import type { OrderPayload } from "../shopify-simulator/orders/order-payload.ts";
import { createShop } from "../shopify-simulator/simulated-shop.ts";
import { happen, placeOrder, sourceOf, story } from "./order-story.ts";

const document = parse(orderQuery);
const shop = createShop("story.myshopify.com");

/** The order as reconciliation reads it. */
async function readByQuery(order: OrderPayload): Promise<Record<string, unknown>> {
  const { data, errors } = await execute({
    schema: adminSchema(),
    document,
    rootValue: { order: orderNode(order, shop) },
    variableValues: { id: order.admin_graphql_api_id },
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  expect(errors).toBeUndefined();
  const answer = orderAnswerSchema.parse(JSON.parse(JSON.stringify(data))).order;
  if (!answer) throw new Error("The order was not found.");
  return toOrderPayload(answer);
}

test("a bill from reconciliation equals the bill from the webhook", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const source = sourceOf(told);
      let order = placeOrder(told, source);
      for (const what of told.happenings) order = happen(order, what, source);
      order.po_number = "PO-7";
      order.note_attributes = [
        { name: "VAT ID", value: "FR40303265045" },
        { name: "Gift wrap", value: "yes" },
      ];
      expect(mapBill(await readByQuery(order))).toEqual(mapBill(order));
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("the query stays below the thousand points that Shopify allows", () => {
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error("no operation");
  expect(requestedCost(adminSchema(), document, operation, {})).toBeLessThanOrEqual(1_000);
});
