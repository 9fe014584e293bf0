import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { exportSteps } from "../exports/export-steps.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, orderPayload } from "../support/deliveries.ts";

const context = openAppContext();
const { ask, run, download } = exportSteps(context);

test("customers are exported as they are listed: under the query, sorted, with the shown columns", async () => {
  const { shopId, domain } = await createShop(context.db);
  const order = (id: number, first_name: string, total: string) =>
    delivery(
      domain,
      orderPayload({
        customer: {
          id,
          first_name,
          last_name: "Berg",
          email: `=${id}@example.com`,
          updated_at: "2026-11-01T00:00:00Z",
        },
        current_total_price: total,
      }),
    );
  await deliverAndProcess(
    context,
    order(1, "Anna", "10.00"),
    order(1, "Anna", "5.50"),
    order(2, "Ben", "70.00"),
  );
  await deliverAndProcess(context, order(3, "Cleo", "1.00"));
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`update customers set first_name = null, last_name = null, email = null, erased_at = now()
                   where shopify_customer_id = 3`,
  );
  const request = { screen: "customers", query: "spent:>=1", sort: "spent-desc" } as const;
  const csv = await ask(shopId, { ...request, format: "csv", columns: ["email", "orders", "spent"] });
  await run(shopId, csv);
  const [, ...lines] = (await download(shopId, csv))
    .toString()
    .replace("\ufeff", "")
    .trimEnd()
    .split(/\r?\n/);
  expect(lines).toEqual([
    "Ben Berg,'=2@example.com,1,70.00,EUR",
    "Anna Berg,'=1@example.com,2,15.50,EUR",
    "Erased customer,,1,1.00,EUR",
  ]);
  const jsonl = await ask(shopId, { ...request, query: "name:anna", format: "jsonl", columns: ["spent"] });
  await run(shopId, jsonl);
  expect(JSON.parse((await download(shopId, jsonl)).toString())).toEqual({
    shopifyCustomerId: "1",
    name: "Anna Berg",
    spentMinor: "1550",
    currency: "EUR",
  });
});
