import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { billFetched } from "../../app/invoices/bill-fetched.server.ts";
import { reconcileOrders } from "../../app/orders/reconcile-orders.server.ts";
import { installShop } from "../../app/shops/install-shop.server.ts";
import { stringifyLosslessJson } from "../shopify-simulator/lossless-json.ts";
import { openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery } from "../support/deliveries.ts";
import { readDocuments, saveSettings } from "../support/invoices.ts";
import { openSimulatedShopify } from "../support/simulated-shopify.ts";

const context = openAppContext();
const simulated = openSimulatedShopify();

test("an order whose deliveries never came is invoiced by reconciliation, once, and its bill is the webhook's", async () => {
  const domain = "missed-invoices.myshopify.com";
  const tokens = { db: context.db, shopify: simulated.shopify, encryptionKey: randomBytes(32) };
  const { id: shopId } = await installShop(tokens, context.queue, domain, simulated.sessionToken(domain));
  await simulated.client.setGraphql({ restoreRate: 100_000 });
  await saveSettings(context, shopId, { automation: { trigger: "paid", since: "2020-01-01T00:00:00Z" } });
  const order = await simulated.client.createOrder(domain, { test: false }, { silent: true });
  if (order.financial_status !== "paid")
    await simulated.client.act(domain, order.id, "paid", { silent: true });
  const stopping = new AbortController().signal;
  await reconcileOrders(tokens, shopId, stopping, billFetched(context.queue));
  const read = () =>
    withShop(context.db, shopId, (tx) => tx.sql`select bill_hash, updated_at from order_bills`);
  const [bill] = await read();
  const documents = await readDocuments(context, shopId);
  expect(documents).toMatchObject([{ kind: "invoice", trigger: "paid", state: "paid" }]);
  const payload = await simulated.client.getOrder(domain, order.id);
  await deliverAndProcess(
    context,
    delivery(domain, stringifyLosslessJson(payload), { triggeredAt: new Date().toISOString() }),
  );
  expect(await read()).toEqual([bill]);
  expect(await readDocuments(context, shopId)).toEqual(documents);
});
