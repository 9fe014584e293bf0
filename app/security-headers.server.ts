import type { Env } from "./env.server.ts";

/** Where Shopify serves App Bridge. It must be the first script of every page and come from there. */
const appBridgeUrl = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

/** The App Bridge script of this installation: Shopify's, or the simulator's. */
export function appBridgeScript(env: Env): string {
  return env.SHOPIFY_SIMULATOR_URL ? new URL("/app-bridge.js", env.SHOPIFY_SIMULATOR_URL).href : appBridgeUrl;
}

/**
 * The security headers of a document. Only the shop's own admin may frame it; without a known shop nobody may.
 * (Shopify: "Set up iframe protection".) Scripts run by nonce or from App Bridge's origin only.
 */
export function securityHeaders(
  env: Env,
  { cspNonce, shopDomain }: { cspNonce: string; shopDomain: string | null },
): Record<string, string> {
  const simulator = env.SHOPIFY_SIMULATOR_URL ? [new URL(env.SHOPIFY_SIMULATOR_URL).origin] : [];
  const shopify = shopDomain ? [`https://${shopDomain}`, "https://admin.shopify.com", ...simulator] : [];
  const development = env.NODE_ENV === "development" ? ["ws:"] : [];
  const policy = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${cspNonce}'`, new URL(appBridgeScript(env)).origin],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "https://cdn.shopify.com"],
    "connect-src": ["'self'", ...shopify, ...development],
    "frame-ancestors": shopify.length > 0 ? shopify : ["'none'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
  };
  return {
    "Content-Security-Policy": Object.entries(policy)
      .map(([name, sources]) => `${name} ${sources.join(" ")}`)
      .join("; "),
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  };
}
