import "@shopify/shopify-api/adapters/web-api";
import { ApiVersion, RequestedTokenType, shopifyApi } from "@shopify/shopify-api";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SimulatorClient } from "./client.ts";
import { signSessionToken } from "./session-token.ts";
import type { RunningSimulator } from "./start-simulator.ts";
import { startSimulator } from "./start-simulator.ts";

const credentials = { apiKey: "test-key", apiSecret: "test-secret" };
const shop = "token-test.myshopify.com";
let running: RunningSimulator;
let client: SimulatorClient;

const shopify = shopifyApi({
  apiKey: credentials.apiKey,
  apiSecretKey: credentials.apiSecret,
  hostName: "app.example.com",
  apiVersion: ApiVersion.October26,
  isEmbeddedApp: true,
  logger: { log: () => {} },
});

beforeAll(async () => {
  running = await startSimulator({ ...credentials, appUrl: "http://127.0.0.1:9" });
  client = new SimulatorClient(running.url);
  // The rewriting an app does to talk to the simulator instead of the platform.
  setAbstractFetchFunc((input, init) => {
    const target = new URL(String(input));
    const headers = new Headers(init?.headers);
    headers.set("x-simulated-host", target.host);
    return fetch(`${running.url}${target.pathname}${target.search}`, { ...init, headers });
  });
});
afterAll(() => running.close());

const exchange = (requestedTokenType: RequestedTokenType, sessionToken: string) =>
  shopify.auth.tokenExchange({ shop, sessionToken, requestedTokenType, expiring: true });

test("an id token is exchanged for an expiring offline token, which installs the app", async () => {
  expect((await client.getShop(shop)).appStatus).toBe("available");
  const { session } = await exchange(RequestedTokenType.OfflineAccessToken, await client.sessionToken(shop));
  expect(session.isOnline).toBe(false);
  expect(session.refreshToken).toMatch(/^shprt_/);
  expect(Math.round(((session.expires?.getTime() ?? 0) - Date.now()) / 1000)).toBe(3600);
  expect((await client.getShop(shop)).appStatus).toBe("installed");
});

test("an online token names the member of staff", async () => {
  const { session } = await exchange(
    RequestedTokenType.OnlineAccessToken,
    await client.sessionToken(shop, 1002),
  );
  expect(session.onlineAccessInfo?.associated_user).toMatchObject({
    id: 1002,
    first_name: "Ben",
    account_owner: false,
  });
});

test("a refresh token lives on until the one that replaces it is used", async () => {
  const { session } = await exchange(RequestedTokenType.OfflineAccessToken, await client.sessionToken(shop));
  const first = session.refreshToken ?? "";
  const refresh = async (refreshToken: string) =>
    (await shopify.auth.refreshToken({ shop, refreshToken })).session.refreshToken ?? "";
  const lost = await refresh(first);
  const second = await refresh(first);
  expect(second).not.toBe(lost);
  await refresh(second);
  await expect(refresh(first)).rejects.toThrow();
});

test("an expired, foreign or wrongly signed id token is refused as invalid_subject_token", async () => {
  const bad = [
    signSessionToken({ ...credentials, shop, userId: 1, now: Date.now() - 200_000 }),
    signSessionToken({ ...credentials, apiSecret: "other", shop, userId: 1 }),
    signSessionToken({ ...credentials, shop: "stranger.myshopify.com", userId: 1 }),
  ];
  for (const subject_token of bad) {
    const response = await fetch(`${running.url}/admin/oauth/access_token`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-simulated-host": shop },
      body: JSON.stringify({
        client_id: credentials.apiKey,
        client_secret: credentials.apiSecret,
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token,
        subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
        requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
      }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "invalid_subject_token" });
  }
});

test("the next tokens can be made to have expired already", async () => {
  await client.expireNextTokens(1);
  const [expired, fresh] = [await client.sessionToken(shop), await client.sessionToken(shop)];
  await expect(shopify.session.decodeSessionToken(expired)).rejects.toThrow();
  await expect(shopify.session.decodeSessionToken(fresh)).resolves.toMatchObject({ dest: `https://${shop}` });
});

test("the admin opens the app with a query that the real package finds rightly signed", async () => {
  const page = await (await fetch(client.adminUrl(shop, credentials.apiKey, "app/orders?q=%23a+b"))).text();
  const src = /<iframe[^>]* src="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const target = new URL(src);
  expect(target.pathname).toBe("/app/orders");
  expect(target.searchParams.get("q")).toBe("#a b");
  await expect(shopify.utils.validateHmac(Object.fromEntries(target.searchParams))).resolves.toBe(true);
});

test("uninstalling ends every token", async () => {
  const { session } = await exchange(RequestedTokenType.OfflineAccessToken, await client.sessionToken(shop));
  const graphql = new shopify.clients.Graphql({ session });
  await graphql.request("{ shop { name } }");
  await client.uninstallApp(shop);
  await expect(graphql.request("{ shop { name } }")).rejects.toMatchObject({ response: { code: 401 } });
});
