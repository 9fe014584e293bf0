import type { Request } from "express";
import type { OrderPayload } from "../orders/order-payload.ts";
import type { SimulatedShop } from "../simulated-shop.ts";
import { isShopDomain } from "../simulated-shop.ts";
import type { Simulator } from "../simulator.ts";
import { ControlError } from "./control-error.ts";

/** The shop of the path, by domain or by its name alone; a new name makes a new shop. */
export function shopOf(simulator: Simulator, request: Request): SimulatedShop {
  const given = String(request.params.shop).toLowerCase();
  const domain = given.includes(".") ? given : `${given}.myshopify.com`;
  if (!isShopDomain(domain)) throw new ControlError(400, `${given} is not a shop domain`);
  return simulator.requireShop(domain);
}

export function orderOf(shop: SimulatedShop, request: Request): OrderPayload {
  const order = shop.orders.get(String(request.params.order));
  if (!order) throw new ControlError(404, `${shop.domain} has no order ${request.params.order}`);
  return order;
}
