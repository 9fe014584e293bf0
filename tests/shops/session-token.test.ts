import { expect, test } from "vitest";
import { createShopify, InvalidSessionToken } from "../../app/shopify.server.ts";
import { signPageSession, verifyPageSession } from "../../app/shops/page-session.server.ts";
import { parseShopDomain } from "../../app/shops/shop.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";

const keys = { apiKey: "test-api-key", apiSecret: "test-api-secret" };
const shopify = createShopify({
  SHOPIFY_API_KEY: keys.apiKey,
  SHOPIFY_API_SECRET: keys.apiSecret,
  SHOPIFY_API_SECRET_PREVIOUS: "the secret before",
  SHOPIFY_APP_URL: "https://atomic-orders.test",
  SHOPIFY_SIMULATOR_URL: undefined,
});
const shop = "atomic-demo.myshopify.com";
const sign = (more: Partial<Parameters<typeof signSessionToken>[0]> = {}) =>
  signSessionToken({ shop, userId: 1001, ...keys, ...more });

test("a good token names the shop and the person", async () => {
  expect(await shopify.verifySessionToken(sign())).toEqual({
    shopDomain: shop,
    userId: "1001",
    signedInAt: expect.any(Date),
  });
});

test("a token signed with the secret before the rotation is good", async () => {
  expect(await shopify.verifySessionToken(sign({ apiSecret: "the secret before" }))).toMatchObject({
    shopDomain: shop,
  });
});

test.each([
  ["signed by somebody else", sign({ apiSecret: "another secret" })],
  ["expired", sign({ now: Date.now() - 120_000 })],
  ["not yet valid", sign({ now: Date.now() + 120_000 })],
  ["for another app", sign({ apiKey: "another-app" })],
  ["issued by another shop than it is for", sign({ claims: { iss: "https://evil.myshopify.com/admin" } })],
  [
    "for no shop at all",
    sign({ claims: { dest: "https://evil.example", iss: "https://evil.example/admin" } }),
  ],
  ["no token", "x.y.z"],
])("a token that is %s is refused", async (_name, token) => {
  await expect(shopify.verifySessionToken(token)).rejects.toThrow(InvalidSessionToken);
});

test("one shop has one key, however its domain is written", () => {
  expect(parseShopDomain("SHOP.myshopify.com/")).toBe("shop.myshopify.com");
  expect(parseShopDomain("shop.myshopify.com.evil.example")).toBeNull();
  expect(parseShopDomain("-a.myshopify.com")).toBeNull();
  expect(parseShopDomain(null)).toBeNull();
});

const visit = (signedInAt = new Date()) => ({ shopDomain: shop, userId: "1001", signedInAt });

test("a page session names shop and person, and only under our key", async () => {
  const [ours, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const session = await signPageSession(ours, visit());
  expect(await verifyPageSession(ours, session)).toMatchObject({ shopDomain: shop, userId: "1001" });
  expect(await verifyPageSession(other, session)).toBeNull();
  expect(await verifyPageSession(ours, sign({ apiSecret: Buffer.from(ours).toString() }))).toBeNull();
});

test("a page session that is renewed again and again still ends eight hours after the sign-in", async () => {
  const key = new Uint8Array(32).fill(1);
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  expect(await verifyPageSession(key, await signPageSession(key, visit(hoursAgo(7))))).not.toBeNull();
  expect(await verifyPageSession(key, await signPageSession(key, visit(hoursAgo(9))))).toBeNull();
});
