import { type AppLoadContext, redirect } from "@remix-run/node";
import { isDatabaseAway, withShopDomain } from "./db.server.ts";
import { InvalidSessionToken, type VerifiedToken } from "./shopify.server.ts";
import { installShop } from "./shops/install-shop.server.ts";
import { signPageSession, verifyPageSession } from "./shops/page-session.server.ts";
import { pageSessionField } from "./shops/page-session-field.ts";
import { type Actor, parseShopDomain, type Shop, type ShopId } from "./shops/shop.ts";
import { replaceLostTokens } from "./shops/shop-tokens.server.ts";
import { readShop } from "./shops/shops.server.ts";
import { identifyStaff } from "./shops/staff.server.ts";
import { webProcess } from "./web-process.server.ts";

export { pageSessionField };

declare module "@remix-run/node" {
  interface AppLoadContext {
    /** The nonce of this answer's inline scripts. */
    cspNonce: string;
    /** Aborts when the connection is gone. `request.signal` may never do so (see remix.config.js). */
    closed: AbortSignal;
    /** The shop whose admin may frame this answer; set once the request is known to be its own. */
    shopDomain: string | null;
  }
}

export interface RequestContext {
  request: Request;
  context: AppLoadContext;
}

export interface ShopSession {
  shopId: ShopId;
  shop: Shop;
  actor: Actor;
  /** For the page's forms and links; see {@link pageSessionField}. */
  pageSession: string;
}

/** What the request showed to prove who sent it. `sessionToken` is null for a page session. */
type Proof = VerifiedToken & { sessionToken: string | null };

/**
 * Answers whose request this is, or throws the Response that leads to an answer: App Bridge retries a 401 with a
 * fresh token, a document without a token goes to the bounce page, a stranger to the landing page.
 * The first authenticated request of a shop installs it.
 */
export async function requireShop({ request, context }: RequestContext): Promise<ShopSession> {
  try {
    return await identify(request, context);
  } catch (error) {
    // An outage must never look like a missing installation, nor like a fault of the request.
    if (isDatabaseAway(error))
      throw new Response("The database is away.", { status: 503, headers: { "Retry-After": "5" } });
    throw error;
  }
}

async function identify(request: Request, context: AppLoadContext): Promise<ShopSession> {
  const proof = await requireProof(request);
  context.shopDomain = proof.shopDomain;
  const { db, shopify, encryptionKey, queue } = webProcess();
  const known = await withShopDomain(db, proof.shopDomain, (tx) => readShop(tx, proof.shopDomain));
  const shop = known?.installed
    ? known.shop
    : await install(request, proof, async (sessionToken) =>
        installShop({ db, shopify, encryptionKey }, await queue(), proof.shopDomain, sessionToken),
      );
  const [actor, pageSession] = await Promise.all([
    identifyStaff({ db, shopify }, shop, proof.userId, proof.sessionToken),
    signPageSession(encryptionKey, proof),
    // Opening the app is the moment to replace tokens that could not be refreshed.
    isOpening(request) && proof.sessionToken
      ? replaceLostTokens({ db, shopify, encryptionKey }, shop, proof.sessionToken)
      : null,
  ]);
  return { shopId: shop.id, shop, actor, pageSession };
}

const isOpening = (request: Request) => new URL(request.url).searchParams.has("id_token");

async function install(
  request: Request,
  proof: Proof,
  run: (sessionToken: string) => Promise<Shop>,
): Promise<Shop> {
  if (!proof.sessionToken) throw tokenNeeded(request);
  try {
    return await run(proof.sessionToken);
  } catch (error) {
    if (error instanceof InvalidSessionToken) throw tokenNeeded(request);
    throw error;
  }
}

async function requireProof(request: Request): Promise<Proof> {
  const { shopify, encryptionKey } = webProcess();
  const url = new URL(request.url);
  const sessionToken = bearerToken(request) ?? url.searchParams.get("id_token");
  if (sessionToken) {
    const verified = await shopify.verifySessionToken(sessionToken).catch(() => null);
    if (verified) return { ...verified, sessionToken };
    // A POST with a stale token in its address may still carry a good page session.
    if (bearerToken(request)) throw tokenNeeded(request);
  }
  const pageSession = url.searchParams.get(pageSessionField) ?? (await pageSessionOfForm(request));
  const verified = pageSession && (await verifyPageSession(encryptionKey, pageSession));
  if (verified) return { ...verified, sessionToken: null };
  throw tokenNeeded(request);
}

function bearerToken(request: Request): string | null {
  return /^Bearer (.+)$/i.exec(request.headers.get("Authorization") ?? "")?.[1] ?? null;
}

async function pageSessionOfForm(request: Request): Promise<string | null> {
  const type = request.headers.get("Content-Type") ?? "";
  if (request.method !== "POST" || !type.startsWith("application/x-www-form-urlencoded")) return null;
  const value = (await request.clone().formData()).get(pageSessionField);
  return typeof value === "string" ? value : null;
}

/** The answer to a request that proves nothing: how to come back with a proof. */
function tokenNeeded(request: Request): Response {
  const url = new URL(request.url);
  const isDocument = request.method === "GET" && !url.searchParams.has("_data") && acceptsHtml(request);
  if (!isDocument) {
    return new Response("The session token is missing or has expired.", {
      status: 401,
      headers: { "X-Shopify-Retry-Invalid-Session-Request": "1", "Cache-Control": "no-store" },
    });
  }
  if (!parseShopDomain(url.searchParams.get("shop"))) return redirect("/");
  url.searchParams.delete("id_token");
  url.searchParams.delete(pageSessionField);
  const query = new URLSearchParams({
    shop: url.searchParams.get("shop") ?? "",
    host: url.searchParams.get("host") ?? "",
  });
  query.set("shopify-reload", new URL(url.pathname + url.search, webProcess().env.SHOPIFY_APP_URL).href);
  return redirect(`/auth/session-token?${query}`);
}

const acceptsHtml = (request: Request) => (request.headers.get("Accept") ?? "").includes("text/html");
