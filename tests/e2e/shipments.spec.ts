import { anna, expect, test } from "./journey.ts";

test("an order's page follows its shipment to the buyer, and the timeline tells it", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna);
  const order = await simulator.createOrder(shop, { financialStatus: "paid" });
  await app.getByRole("link", { name: order.name, exact: true }).click();
  const card = (name: string) => app.getByRole("region", { name, exact: true });
  await expect(card("Shipments")).toContainText("Unfulfilled");

  await simulator.act(shop, order.id, "fulfil", { company: "DHL", number: "JJD012345" });
  await expect(card("Shipment")).toContainText("Shipped");
  const link = card("Shipment").getByRole("link", { name: /^JJD012345/ });
  await expect(link).toHaveAttribute("href", /^https:\/\/www\.dhl\.com\/.*JJD012345$/);
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");

  await simulator.act(shop, order.id, "track", { shipmentStatus: "in_transit" });
  await expect(card("Shipment")).toContainText("In transit since");
  await simulator.act(shop, order.id, "deliver");
  await expect(card("Shipment")).toContainText("Arrived");
  await expect(card("Timeline")).toContainText("Shipment in transit");
  await expect(card("Timeline")).toContainText("Shipment delivered");
});

test("without a script the page shows each shipment of an order with its own tracking", async ({
  openAs,
  simulator,
  shop,
}) => {
  const live = await openAs(anna);
  const lines = [
    { title: "Tea", quantity: 1 },
    { title: "Mug", quantity: 1 },
  ];
  const order = await simulator.createOrder(shop, { financialStatus: "paid", lines });
  await simulator.act(shop, order.id, "fulfil", { partial: true, company: "UPS", number: "U1" });
  await simulator.act(shop, order.id, "deliver");
  await simulator.act(shop, order.id, "fulfil", { company: "DPD", number: "D2" });
  await simulator.waitUntilIdle();
  // A plain page is not told: it must be asked for once the order is applied.
  await expect(live.app.getByRole("link", { name: order.name, exact: true })).toBeVisible();

  const { app } = await openAs(anna, "app/orders", { javaScriptEnabled: false });
  await app.getByRole("link", { name: order.name, exact: true }).click();
  const shipments = app.getByRole("list", { name: "Shipments" }).getByRole("listitem");
  await expect(shipments).toHaveCount(2);
  await expect(shipments.filter({ hasText: /UPS/ })).toContainText("Delivered");
  await expect(shipments.filter({ hasText: /DPD/ })).toContainText("Shipped");
});
