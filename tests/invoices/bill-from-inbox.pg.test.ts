import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { previewDocuments } from "../../app/invoices/drafts.server.ts";
import { issueInvoice } from "../../app/invoices/issue-invoice.server.ts";
import { openAppContext } from "../support/app-context.ts";
import {
  anna,
  billablePayload,
  createOrderToBill,
  deliverOrder,
  readDocuments,
} from "../support/invoices.ts";

const context = openAppContext();

/** An order that was told twice before bills were kept, and lost a mug in between. */
async function untoldOrder() {
  const order = await createOrderToBill(context);
  const later = { id: order.shopifyOrderId, mugs: 1, minute: 5 };
  await deliverOrder(context, order.domain, billablePayload(later));
  await run(order, "delete from order_bills");
  return order;
}

type Order = Awaited<ReturnType<typeof untoldOrder>>;

const run = ({ shopId }: Pick<Order, "shopId">, statement: string) =>
  withShop(context.db, shopId, (tx) => tx.sql.unsafe(statement));

const issue = ({ shopId, orderId }: Order) =>
  issueInvoice(context.db, context.queue, { shopId, orderId, actor: anna });

test("an order last told before invoices existed is invoiced from the newest body in the inbox, and its bill kept", async () => {
  const order = await untoldOrder();
  expect(await previewDocuments(context.db, order.shopId, order.orderId)).toMatchObject({
    outcome: "preview",
    contents: [{ totals: { grossMinor: "1800" } }],
  });
  expect(await run(order, "select from order_bills")).toHaveLength(0);
  expect(await issue(order)).toMatchObject({ outcome: "issued" });
  expect(await readDocuments(context, order.shopId)).toMatchObject([{ kind: "invoice", gross: "1800" }]);
  expect(await run(order, "select from order_bills")).toHaveLength(1);
  expect(await issue(order)).toMatchObject({ outcome: "nothing_to_invoice" });
});

test("a body that is older than what the order says, or erased, is not billed from", async () => {
  const [newer, erased] = [await untoldOrder(), await untoldOrder()];
  await run(
    newer,
    "update orders set last_external_updated_at = last_external_updated_at + interval '1 minute'",
  );
  await run(erased, "update webhook_events set body = null, erased_at = now()");
  for (const order of [newer, erased]) {
    expect(await issue(order)).toMatchObject({
      outcome: "held",
      reason: expect.stringMatching(/has not told/),
    });
    expect(await readDocuments(context, order.shopId)).toEqual([]);
  }
});

test("bodies of another shop are no bill", async () => {
  const theirs = await untoldOrder();
  const ours = await untoldOrder();
  expect(await previewDocuments(context.db, ours.shopId, theirs.orderId)).toEqual({ outcome: "not_found" });
});
