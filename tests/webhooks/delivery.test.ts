import { expect, test } from "vitest";
import { readDelivery } from "../../app/webhooks/delivery.ts";
import { GroupCommit, TooManyWaiting } from "../../app/webhooks/group-commit.server.ts";

const headers = {
  "x-shopify-topic": "orders/create",
  "x-shopify-shop-domain": " SHOP.myshopify.com",
  "x-shopify-api-version": "2026-10",
  "x-shopify-webhook-id": "id",
};
const read = (more: Record<string, string>) =>
  readDelivery({ ...headers, ...more }, Buffer.from("{}"), "hash");

test.each([
  ["2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z"],
  ["2026-11-01T10:00:00.123456789Z", "2026-11-01T10:00:00.123456Z"],
  ["2026-11-01T10:00:00.5+02:00", "2026-11-01T08:00:00.5Z"],
  ["2026-02-30T00:00:00Z", null],
  ["0000-01-01T00:00:00Z", null],
  ["2026-11-01T25:00:00Z", null],
  ["2026-11-01", null],
  ["yesterday", null],
])("a triggered-at of %s is read as %s, so that PostgreSQL never refuses it", (given, expected) => {
  expect(read({ "x-shopify-triggered-at": given }).triggeredAt).toBe(expected);
});

test("a shop's domain is the same however it is written", () => {
  expect(read({}).shopDomain).toBe("shop.myshopify.com");
});

test("a header too long for an index is refused with its name, and cut in its column", () => {
  const delivery = read({ "x-shopify-webhook-id": "x".repeat(300) });
  expect(delivery.rejection).toBe("Header too long: x-shopify-webhook-id.");
  expect(delivery.webhookId).toHaveLength(255);
});

const options = {
  maxGroup: 10,
  maxInFlight: 1,
  maxWaitingSize: 10,
  sizeOf: (item: number) => item,
  isShared: () => false,
};

test("items that arrive while a commit is under way are committed together", async () => {
  const groups: number[][] = [];
  const group = new GroupCommit<number, number>(async (items) => {
    groups.push(items);
    await new Promise((resolve) => setImmediate(resolve));
    return items.map((item) => item * 10);
  }, options);
  const first = group.add(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await Promise.all([first, group.add(2), group.add(3)])).toEqual([10, 20, 30]);
  expect(groups).toEqual([[1], [2, 3]]);
});

test("an item that spoils the commit fails alone; an error that meets all is not tried again", async () => {
  let commits = 0;
  const refuse = async (items: number[]) => {
    commits += 1;
    if (items.includes(2)) throw new Error("spoiled");
    return items;
  };
  const outcomes = (shared: boolean) => {
    const group = new GroupCommit<number, number>(refuse, { ...options, isShared: () => shared });
    return Promise.allSettled([1, 2, 3].map((item) => group.add(item)));
  };
  expect((await outcomes(false)).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(commits).toBe(4);
  expect((await outcomes(true)).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(commits).toBe(5);
});

test("what waits is bounded by its size, and there is room again after the commit", async () => {
  const group = new GroupCommit<number, number>(async (items) => items, options);
  const waiting = group.add(8);
  await expect(group.add(3)).rejects.toThrow(TooManyWaiting);
  await waiting;
  await new Promise((resolve) => setImmediate(resolve));
  expect(await group.add(3)).toBe(3);
});
