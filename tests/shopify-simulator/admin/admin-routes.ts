import { fileURLToPath } from "node:url";
import type { NextFunction, Request, Response } from "express";
import express, { Router } from "express";
import { isShopDomain } from "../simulated-shop.ts";
import type { Simulator } from "../simulator.ts";
import { appFrameUrl } from "./app-frame-url.ts";
import { appPage } from "./app-page.ts";
import { outboxRoutes } from "./outbox-routes.ts";
import { shopListPage } from "./shop-list-page.ts";

const staticFolder = fileURLToPath(new URL("./static", import.meta.url));

/** Handed to the app afresh on each load, so a copy in the address bar must not be passed on. */
const OWN_PARAMETERS = [
  "user",
  "shop",
  "host",
  "embedded",
  "locale",
  "id_token",
  "hmac",
  "timestamp",
  "session",
];

export function adminRoutes(simulator: Simulator): Router {
  const { config } = simulator;

  function sendPage(response: Response, page: string) {
    response.set({
      "content-security-policy": [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src data:",
        `frame-src ${new URL(config.appUrl).origin}`,
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join("; "),
      "cache-control": "no-store",
    });
    response.type("html").send(page);
  }

  /** App Bridge talks to one origin only, so "localhost" has to become the address the app was told. */
  function requireOwnHost(request: Request, response: Response, next: NextFunction) {
    const own = new URL(config.url).host;
    if (request.get("host") === own) next();
    else response.redirect(302, `${config.url}${request.originalUrl}`);
  }

  const router = Router();
  router.get("/app-bridge.js", (_request, response) => {
    response.set({ "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" });
    response.sendFile(`${staticFolder}/app-bridge.js`, { cacheControl: false });
  });
  router.use(outboxRoutes(simulator.outbox, sendPage));
  router.use("/static", express.static(staticFolder, { cacheControl: false }));

  router.get("/session-token", (request, response) => {
    const domain = String(request.query.shop ?? "").toLowerCase();
    const user = Number(request.query.user ?? 1001);
    if (!isShopDomain(domain) || !Number.isSafeInteger(user)) {
      response.status(400).json({ error: "Give a shop domain and a user id" });
      return;
    }
    response.set("cache-control", "no-store");
    response.json({ token: simulator.handOutSessionToken(simulator.requireShop(domain), user) });
  });

  router.get("/", requireOwnHost, (_request, response) => sendPage(response, shopListPage(simulator)));
  router.get("/store/:name", requireOwnHost, (request, response) => {
    response.redirect(
      302,
      `/store/${encodeURIComponent(String(request.params.name))}/apps/${config.apiKey}/app`,
    );
  });
  router.get(
    ["/store/:name/apps/:apiKey", "/store/:name/apps/:apiKey/*"],
    requireOwnHost,
    (request, response) => {
      const domain = `${String(request.params.name).toLowerCase()}.myshopify.com`;
      if (!isShopDomain(domain) || request.params.apiKey !== config.apiKey) {
        response.status(404).type("text").send("There is no such shop or app.\n");
        return;
      }
      const shop = simulator.requireShop(domain);
      const query = new URL(request.originalUrl, config.url).searchParams;
      const user = shop.users.find((one) => String(one.id) === query.get("user")) ?? shop.users[0];
      if (!user) throw new Error(`${domain} has no staff`);
      for (const name of OWN_PARAMETERS) query.delete(name);
      const path = request.path.split("/").slice(5).join("/");
      const installed = shop.appStatus !== "uninstalled";
      const idToken = installed ? simulator.handOutSessionToken(shop, user.id) : "";
      const frameUrl = appFrameUrl({ config, shop, path, extra: query, idToken });
      sendPage(response, appPage({ shop, user, apiKey: config.apiKey, appUrl: config.appUrl, frameUrl }));
    },
  );
  return router;
}
