import { Router } from "express";
import { z } from "zod";
import { faultsSchema } from "../knobs.ts";
import { isOrderAction, orderActionSchemas, orderRequestSchema } from "../order-action-schemas.ts";
import { createShopOrder, performOrderAction } from "../order-actions.ts";
import type { OrderPayload } from "../orders/order-payload.ts";
import type { Simulator } from "../simulator.ts";
import { ControlError } from "./control-error.ts";
import { orderOf, shopOf } from "./find-shop.ts";
import { sendJson } from "./send-json.ts";

const deliverySchema = z.object({
  silent: z.boolean().optional(),
  faults: faultsSchema.partial().optional(),
});
const createSchema = z
  .object({ count: z.number().int().min(1).max(10_000).default(1), order: orderRequestSchema.default({}) })
  .merge(deliverySchema);
const listSchema = z.object({ limit: z.coerce.number().int().positive().default(50) });

/** For lists: ids as text, since the panel in the browser reads them with plain JSON. */
export const orderSummary = (order: OrderPayload) => ({
  id: String(order.id),
  name: order.name,
  customer: order.customer
    ? [order.customer.first_name, order.customer.last_name].filter(Boolean).join(" ")
    : null,
  total: `${order.current_total_price} ${order.currency}`,
  financialStatus: order.financial_status,
  fulfillmentStatus: order.fulfillment_status,
  cancelledAt: order.cancelled_at,
  createdAt: order.created_at,
  updatedAt: order.updated_at,
  test: order.test,
  note: order.note,
});

export function orderRoutes(simulator: Simulator): Router {
  const router = Router();
  router.get("/shops/:shop/orders", (request, response) => {
    const { limit } = listSchema.parse(request.query);
    const newest = [...shopOf(simulator, request).orders.values()].reverse();
    sendJson(response, { orders: newest.slice(0, limit).map(orderSummary) });
  });
  router.post("/shops/:shop/orders", (request, response) => {
    const shop = shopOf(simulator, request);
    const { count, order, ...delivery } = createSchema.parse(request.body);
    if (count > 1 && order.id !== undefined)
      throw new ControlError(400, "One id cannot be given to several orders");
    const orders = Array.from({ length: count }, () => createShopOrder(simulator, shop, order, delivery));
    sendJson(response, { orders: orders.map(orderSummary) });
  });
  router.get("/shops/:shop/orders/:order", (request, response) => {
    sendJson(response, orderOf(shopOf(simulator, request), request));
  });
  router.post("/shops/:shop/orders/:order/:action", (request, response) => {
    const shop = shopOf(simulator, request);
    const { action } = request.params;
    if (!isOrderAction(action)) throw new ControlError(404, `There is no action ${action}`);
    const input = orderActionSchemas[action].parse(request.body);
    const delivery = deliverySchema.parse(request.body);
    const order = performOrderAction(
      simulator,
      shop,
      orderOf(shop, request),
      action,
      input as never,
      delivery,
    );
    sendJson(response, { order });
  });
  return router;
}
