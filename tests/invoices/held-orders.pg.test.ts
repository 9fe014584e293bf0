import { expect, test } from "vitest";
import { listHeldOrders } from "../../app/invoices/held-orders.server.ts";
import { openAppContext } from "../support/app-context.ts";
import { createOrderToBill } from "../support/invoices.ts";

const context = openAppContext();
const paid = { financial_status: "paid" };

test("an order that waits says whether a person could accept its figures, or they cannot even be read", async () => {
  const differs = await createOrderToBill(
    context,
    { trigger: "paid" },
    { ...paid, current_total_price: "32.00" },
  );
  const unread = await createOrderToBill(
    context,
    { trigger: "paid" },
    { ...paid, presentment_currency: "USD" },
  );
  const { held } = await listHeldOrders(context.db, differs.shopId);
  expect(held).toMatchObject([{ orderId: differs.orderId, unreadable: false }]);
  const { held: other } = await listHeldOrders(context.db, unread.shopId);
  expect(other).toMatchObject([{ orderId: unread.orderId, unreadable: true }]);
  expect(other[0]?.reason).toContain("USD");
});
