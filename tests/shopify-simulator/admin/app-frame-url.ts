import { createHmac } from "node:crypto";
import type { SimulatorConfig } from "../config.ts";
import type { SimulatedShop } from "../simulated-shop.ts";

interface AppFrame {
  config: SimulatorConfig;
  shop: SimulatedShop;
  /** Path below the app's origin, without a slash in front. */
  path: string;
  extra: URLSearchParams;
  idToken: string;
}

/** The query Shopify's admin opens an app with; `hmac` signs all of it but itself, keys in order. */
export function appFrameUrl({ config, shop, path, extra, idToken }: AppFrame): string {
  const name = shop.domain.replace(".myshopify.com", "");
  const target = new URL(`${config.appUrl}/${path || "app"}`);
  for (const [key, value] of extra) target.searchParams.append(key, value);
  target.searchParams.set("shop", shop.domain);
  target.searchParams.set(
    "host",
    Buffer.from(`${new URL(config.url).host}/store/${name}`).toString("base64url"),
  );
  target.searchParams.set("embedded", "1");
  target.searchParams.set("locale", "en");
  target.searchParams.set("id_token", idToken);
  target.searchParams.set("timestamp", String(Math.floor(Date.now() / 1000)));
  const ordered = [...target.searchParams].toSorted(([left], [right]) => left.localeCompare(right));
  const signed = new URLSearchParams(ordered).toString().replaceAll("+", "%20");
  target.searchParams.set("hmac", createHmac("sha256", config.apiSecret).update(signed).digest("hex"));
  return target.href;
}
