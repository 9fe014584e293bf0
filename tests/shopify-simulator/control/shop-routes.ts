import { Router } from "express";
import { z } from "zod";
import { faultsSchema } from "../knobs.ts";
import { seedDemoOrders } from "../seed-demo-orders.ts";
import type { SimulatedShop } from "../simulated-shop.ts";
import type { Simulator } from "../simulator.ts";
import {
  compliancePayload,
  complianceTopics,
  shopPayload,
  uninstalledPayload,
} from "../webhooks/compliance-payload.ts";
import { ControlError } from "./control-error.ts";
import { shopOf } from "./find-shop.ts";
import { sendJson } from "./send-json.ts";

const seedSchema = z.object({
  count: z.number().int().min(1).max(20_000),
  days: z.number().positive().optional(),
  seed: z.number().int().optional(),
  silent: z.boolean().optional(),
  now: z.coerce.date().optional(),
});
const complianceSchema = z.object({ topic: z.enum(complianceTopics), orderId: z.coerce.string().optional() });
const detailsSchema = z.object({
  name: z.string().min(1).optional(),
  currency: z.string().length(3).optional(),
  timeZone: z.string().min(1).optional(),
});
const uninstallSchema = z.object({ faults: faultsSchema.partial().optional() });

const shopSummary = (shop: SimulatedShop) => ({
  domain: shop.domain,
  name: shop.name,
  currency: shop.currency,
  timeZone: shop.timeZone,
  appStatus: shop.appStatus,
  installedAt: shop.installedAt,
  orderCount: shop.orders.size,
  users: shop.users,
});

export function shopRoutes(simulator: Simulator): Router {
  const router = Router();
  router.get("/shops", (_request, response) => {
    sendJson(response, { shops: [...simulator.shops.values()].map(shopSummary) });
  });
  router.get("/shops/:shop", (request, response) => {
    sendJson(response, shopSummary(shopOf(simulator, request)));
  });
  router.post("/shops/:shop/seed", (request, response) => {
    const { count, ...options } = seedSchema.parse(request.body);
    const orders = seedDemoOrders(simulator, shopOf(simulator, request), count, options);
    sendJson(response, { created: orders.length });
  });
  router.post("/shops/:shop/uninstall", (request, response) => {
    const shop = shopOf(simulator, request);
    if (shop.appStatus !== "installed") throw new ControlError(409, "The app is not installed");
    const { faults } = uninstallSchema.parse(request.body);
    const payload = uninstalledPayload(shop, new Date().toISOString());
    simulator.send(shop, [{ topic: "app/uninstalled", payload }], { faults });
    shop.appStatus = "uninstalled";
    simulator.tokens.revokeShop(shop.domain);
    simulator.saveSoon();
    sendJson(response, shopSummary(shop));
  });
  /** Makes the app openable again; the token exchange that follows is what installs it. */
  router.post("/shops/:shop/reinstall", (request, response) => {
    const shop = shopOf(simulator, request);
    if (shop.appStatus === "uninstalled") shop.appStatus = "available";
    simulator.saveSoon();
    sendJson(response, shopSummary(shop));
  });
  /** Changes what the merchant has set for the whole shop, and tells the app. */
  router.post("/shops/:shop/details", (request, response) => {
    const shop = shopOf(simulator, request);
    Object.assign(shop, detailsSchema.parse(request.body));
    simulator.send(shop, [{ topic: "shop/update", payload: shopPayload(shop, new Date().toISOString()) }]);
    simulator.saveSoon();
    sendJson(response, shopSummary(shop));
  });
  /** Marks the app installed without a token exchange, for webhook tests that have no app to open. */
  router.post("/shops/:shop/install", (request, response) => {
    const shop = shopOf(simulator, request);
    simulator.installApp(shop);
    simulator.saveSoon();
    sendJson(response, shopSummary(shop));
  });
  router.post("/shops/:shop/expire-access-tokens", (request, response) => {
    const shop = shopOf(simulator, request);
    simulator.tokens.expireShop(shop.domain);
    sendJson(response, shopSummary(shop));
  });
  router.post("/shops/:shop/compliance", (request, response) => {
    const shop = shopOf(simulator, request);
    const { topic, orderId } = complianceSchema.parse(request.body);
    const order = orderId
      ? (shop.orders.get(orderId) ?? null)
      : ([...shop.orders.values()].find((one) => one.customer) ?? null);
    simulator.send(shop, [{ topic, payload: compliancePayload(topic, shop, order) }], {
      evenUninstalled: true,
    });
    sendJson(response, { sent: topic });
  });
  return router;
}
