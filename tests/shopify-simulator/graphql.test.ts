import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { SimulatorClient } from "./client.ts";
import type { RunningSimulator } from "./start-simulator.ts";
import { startSimulator } from "./start-simulator.ts";

const shop = "atomic-demo.myshopify.com";
let running: RunningSimulator;
let client: SimulatorClient;
let token = "";

beforeAll(async () => {
  running = await startSimulator({
    apiKey: "key",
    apiSecret: "secret",
    appUrl: "http://127.0.0.1:9",
    hugeIdShare: 0.5,
  });
  client = new SimulatorClient(running.url);
  token = running.simulator.tokens.issueOffline(shop, 3600).access.token;
  await client.seedDemoOrders(shop, 60);
});
afterAll(() => running.close());

const answerSchema = z.object({
  data: z.any(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
  extensions: z
    .object({ cost: z.object({ requestedQueryCost: z.number(), actualQueryCost: z.number().nullable() }) })
    .optional(),
});

const post = (query: string, variables = {}, accessToken = token) =>
  fetch(`${running.url}/admin/api/2026-10/graphql.json`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-shopify-access-token": accessToken,
      "x-simulated-host": shop,
    },
    body: JSON.stringify({ query, variables }),
  });
const ask = async (query: string, variables = {}) =>
  answerSchema.parse(await (await post(query, variables)).json());

test("a field the schema does not have fails with HTTP 200, as in production", async () => {
  const response = await post("{ orders(first: 1) { nodes { id total_price } } }");
  expect(response.status).toBe(200);
  const { errors } = answerSchema.parse(await response.json());
  expect(errors?.[0]?.message).toContain('Cannot query field "total_price"');
});

test("pages by cursor meet every order once, in the order of their last change", async () => {
  const query = `query ($after: String) {
    orders(first: 7, after: $after, sortKey: UPDATED_AT, reverse: true) {
      nodes { legacyResourceId updatedAt }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  const seen: { legacyResourceId: string; updatedAt: string }[] = [];
  let after: string | null = null;
  do {
    const { data } = await ask(query, { after });
    seen.push(...data.orders.nodes);
    after = data.orders.pageInfo.hasNextPage ? data.orders.pageInfo.endCursor : null;
  } while (after);
  expect(new Set(seen.map((one) => one.legacyResourceId)).size).toBe(60);
  expect(seen.map((one) => one.updatedAt)).toEqual(
    seen
      .map((one) => one.updatedAt)
      .toSorted()
      .reverse(),
  );
});

test("a search by update time finds what changed since", async () => {
  const created = await client.createOrder(shop, { note: "new one" });
  const since = new Date(Date.now() - 5_000).toISOString();
  const { data } = await ask(
    `{ orders(first: 5, query: "updated_at:>='${since}'") { nodes { legacyResourceId note } } }`,
  );
  expect(data.orders.nodes).toEqual([{ legacyResourceId: String(created.id), note: "new one" }]);
});

test("an order answers with the amounts that its webhook carries, and with its full id", async () => {
  const lines = [{ title: "Käse", priceMinor: 1990, quantity: 2, taxRate: 0.07 }];
  const order = await client.createOrder(shop, {
    id: 820982911946154509n,
    lines,
    shippingMinor: 490,
    presentmentCurrency: "JPY",
    discountPercent: 10,
  });
  const { data } = await ask(
    `query ($id: ID!) { order(id: $id) {
      id legacyResourceId displayFinancialStatus displayFulfillmentStatus taxesIncluded
      totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
      shippingLines(first: 5) { nodes { title discountedPriceSet { shopMoney { amount } } taxLines { rate priceSet { shopMoney { amount } } } } }
      lineItems(first: 5) { nodes { title quantity currentQuantity unfulfilledQuantity discountAllocations { allocatedAmountSet { shopMoney { amount } } } } }
      customer { displayName defaultEmailAddress { emailAddress } }
      fulfillments { id status trackingInfo { company number url } }
      risk { recommendation } metafield(namespace: "a", key: "b") { value } events(first: 1) { nodes { id } }
    } }`,
    { id: order.admin_graphql_api_id },
  );
  expect(data.order.legacyResourceId).toBe("820982911946154509");
  expect(data.order.totalPriceSet.presentmentMoney.currencyCode).toBe("JPY");
  expect(Number(data.order.totalPriceSet.shopMoney.amount)).toBe(Number(order.total_price));
  expect(data.order.lineItems.nodes[0].discountAllocations[0].allocatedAmountSet.shopMoney.amount).toBe(
    "3.98",
  );
  // Fields that are not modelled answer something plausible.
  expect(data.order).toMatchObject({ metafield: null, events: { nodes: [] } });
});

test("every field of an order that needs no argument can be asked for", async () => {
  const fields = await ask(
    '{ __type(name: "Order") { fields { name args { name } type { kind ofType { kind } } } } }',
  );
  const plain = fields.data.__type.fields
    .filter((one: { type: { kind: string; ofType: { kind: string } | null } }) =>
      ["SCALAR", "ENUM"].includes(
        one.type.kind === "NON_NULL" ? (one.type.ofType?.kind ?? "") : one.type.kind,
      ),
    )
    .map((one: { name: string }) => one.name);
  const { data, errors } = await ask(`{ orders(first: 3) { nodes { ${plain.join(" ")} } } }`);
  expect(errors).toBeUndefined();
  expect(data.orders.nodes).toHaveLength(3);
});

test("a query beyond the bucket is throttled, one beyond the limit refused", async () => {
  await client.setGraphql({ maximumAvailable: 20, restoreRate: 0.001 });
  const results = [];
  for (let call = 0; call < 3; call += 1) results.push(await ask("{ orders(first: 10) { nodes { id } } }"));
  expect(results.map((one) => one.errors?.[0]?.extensions?.code)).toEqual([
    undefined,
    undefined,
    "THROTTLED",
  ]);
  expect(results[2]?.extensions?.cost.actualQueryCost).toBeNull();
  const huge = await ask("{ orders(first: 200) { nodes { lineItems(first: 200) { nodes { id } } } } }");
  expect(huge.errors?.[0]?.extensions?.code).toBe("MAX_COST_EXCEEDED");
  await client.setGraphql({ maximumAvailable: 2000, restoreRate: 100_000 });
});

test("faults are served once each: throttled, too many requests, server error", async () => {
  await client.setGraphql({ nextThrottled: 1, nextTooManyRequests: 1, nextServerError: 1 });
  const query = "{ shop { name currencyCode ianaTimezone timezoneOffset } }";
  expect((await post(query)).status).toBe(429);
  expect((await post(query)).status).toBe(500);
  expect((await ask(query)).errors?.[0]?.extensions?.code).toBe("THROTTLED");
  expect((await ask(query)).data.shop).toMatchObject({ name: "Atomic Demo", ianaTimezone: "Europe/Berlin" });
});

test("a mutation that is not simulated is an error, never a success that did nothing", async () => {
  const { errors } = await ask(
    'mutation { tagsAdd(id: "gid://shopify/Order/1", tags: ["a"]) { userErrors { message } } }',
  );
  expect(errors?.[0]?.message).toContain("does not perform");
});

test("without a valid access token the answer is 401", async () => {
  expect((await post("{ shop { name } }", {}, "shpat_unknown")).status).toBe(401);
});
