import { type AppLoadContext, json, redirect } from "@remix-run/node";
import { isDatabaseAway, withShopDomain } from "./db.server.ts";
import { log } from "./log.server.ts";
import { addToLogContext } from "./log-context.server.ts";
import { pageSessionField } from "./page-session-field.ts";
import { InvalidSessionToken, type VerifiedToken } from "./shopify.server.ts";
import { installShop } from "./shops/install-shop.server.ts";
import { endedPageSessionShop, signPageSession, verifyPageSession } from "./shops/page-session.server.ts";
import { type Actor, parseShopDomain, type Shop, type ShopId } from "./shops/shop.ts";
import { replaceLostTokens } from "./shops/shop-tokens.server.ts";
import { confirmInstallation, readShop } from "./shops/shops.server.ts";
import { identifyStaff } from "./shops/staff.server.ts";
import { webProcess } from "./web-process.server.ts";

declare module "@remix-run/node" {
  interface AppLoadContext {
    /** The nonce of this answer's inline scripts. */
    cspNonce: string;
    /** Aborts when the connection is gone. `request.signal` may never do so (see remix.config.js). */
    closed: AbortSignal;
    /** Resolves when the connection can take more, or is gone: Remix writes without waiting for it. */
    drained: () => Promise<void>;
    /** What was written to the connection and has not left yet: for the same reason it may grow without end. */
    unsentBytes: () => number;
    /** Ends the connection without waiting for what has not left. */
    cutOff: () => void;
    /** From now on the answer is 503: Remix would call an outage of the database 500 where no page is asked for. */
    unavailable: () => void;
    /** The visitor's IP address, as far as our own proxies vouch for it (TRUSTED_PROXIES). */
    clientAddress: string;
    /** The shop whose admin may frame this answer; set once the request is known to be its own. */
    shopDomain: string | null;
    /** Who sent the HTTP request, once it has been asked: its action and its loaders share the answer. */
    session?: Promise<ShopSession>;
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
  // After a form without a script the loaders get a GET without the form's session, so they cannot ask again.
  context.session ??= identify(request, context);
  try {
    const session = await context.session;
    addToLogContext({ shopId: session.shopId });
    return session;
  } catch (error) {
    // Each of them needs a body of its own to read.
    if (error instanceof Response) throw error.clone();
    // An outage must never look like a missing installation, nor like a fault of the request.
    if (isDatabaseAway(error))
      throw new Response("The database is away.", { status: 503, headers: { "Retry-After": "5" } });
    throw error;
  }
}

async function identify(request: Request, context: AppLoadContext): Promise<ShopSession> {
  const proof = await requireProof(request, context);
  context.shopDomain = proof.shopDomain;
  const { db, shopify, encryptionKey, queue } = webProcess();
  const known = await withShopDomain(db, proof.shopDomain, (tx) => readShop(tx, proof.shopDomain));
  const shop = known?.installed
    ? known.shop
    : await install(request, proof, async (sessionToken) =>
        installShop({ db, shopify, encryptionKey }, await queue(), proof.shopDomain, sessionToken),
      );
  if (isOpening(request) && proof.sessionToken)
    await renewInstallation(shop, proof.sessionToken, proof.signedInAt);
  const [actor, pageSession] = await Promise.all([
    identifyStaff({ db, shopify }, shop, proof.userId, proof.sessionToken),
    signPageSession(encryptionKey, proof),
  ]);
  return { shopId: shop.id, shop, actor, pageSession };
}

/** Opening the app proves that it is installed, and is the moment to replace tokens that were lost. */
async function renewInstallation(shop: Shop, sessionToken: string, issuedAt: Date): Promise<void> {
  const { db, shopify, encryptionKey } = webProcess();
  await Promise.all([
    confirmInstallation(db, shop.id, issuedAt),
    replaceLostTokens({ db, shopify, encryptionKey }, shop, sessionToken).catch((error) => {
      // The screens need no token; the jobs that do will say so.
      if (isDatabaseAway(error)) throw error;
      log.warn({ error }, "lost tokens could not be replaced");
    }),
  ]);
}

/**
 * Only a document that the admin opens carries its token in the address. What the page reads again for itself in its
 * first moments has that address too, and must not get a shop tokens that has just uninstalled the app.
 */
const isOpening = (request: Request) =>
  acceptsHtml(request) && new URL(request.url).searchParams.has("id_token");

async function install(
  request: Request,
  proof: Proof,
  run: (sessionToken: string) => Promise<Shop>,
): Promise<Shop> {
  // A page left open after an uninstall must not install the app again behind the merchant's back.
  if (!proof.sessionToken || !isOpening(request)) throw await notInstalled(request);
  try {
    return await run(proof.sessionToken);
  } catch (error) {
    if (error instanceof InvalidSessionToken) throw tokenNeeded(request);
    throw error;
  }
}

async function requireProof(request: Request, context: AppLoadContext): Promise<Proof> {
  const { shopify, encryptionKey } = webProcess();
  const url = new URL(request.url);
  const sessionToken = bearerToken(request) ?? url.searchParams.get("id_token");
  if (sessionToken) {
    const verified = await shopify.verifySessionToken(sessionToken).catch(() => null);
    if (verified) return { ...verified, sessionToken };
    // A POST with a stale token in its address may still carry a good page session.
    if (bearerToken(request)) throw tokenNeeded(request);
  }
  // A script has App Bridge, which signs every request: a page session is for documents alone.
  if (!acceptsHtml(request)) throw tokenNeeded(request);
  const form = await readPlainForm(request);
  // The form's is as old as its page, the address's may be older.
  const pageSessions = [form?.get(pageSessionField), url.searchParams.get(pageSessionField)];
  for (const pageSession of pageSessions) {
    const verified =
      typeof pageSession === "string" ? await verifyPageSession(encryptionKey, pageSession) : null;
    if (verified) return { ...verified, sessionToken: null };
  }
  if (!form) throw tokenNeeded(request);
  const ended = form.get(pageSessionField);
  context.shopDomain = typeof ended === "string" ? await endedPageSessionShop(encryptionKey, ended) : null;
  throw giveBack(form, 401);
}

function bearerToken(request: Request): string | null {
  return /^Bearer (.+)$/i.exec(request.headers.get("Authorization") ?? "")?.[1] ?? null;
}

/** The form that a browser without a script posts; null for every other request. */
async function readPlainForm(request: Request): Promise<FormData | null> {
  const type = request.headers.get("Content-Type") ?? "";
  if (request.method !== "POST" || !acceptsHtml(request)) return null;
  if (!type.startsWith("application/x-www-form-urlencoded")) return null;
  return request.clone().formData();
}

/** The answer to a plain form that cannot be taken: what was typed goes back, because the page has nowhere to keep it. */
function giveBack(form: FormData, status: 401 | 403): Response {
  const unsaved = Object.fromEntries([...form].filter(([name]) => name !== pageSessionField));
  return json({ unsaved }, { status, headers: { "Cache-Control": "no-store" } });
}

async function notInstalled(request: Request): Promise<Response> {
  const form = await readPlainForm(request);
  return form
    ? giveBack(form, 403)
    : new Response("The app is not installed in this shop any more.", { status: 403 });
}

/** The answer to a request that proves nothing: how to come back with a proof. */
function tokenNeeded(request: Request): Response {
  const url = new URL(request.url);
  if (request.method !== "GET" || !acceptsHtml(request)) {
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

/** Only a document is asked for so. Remix's own mark in the address, `_data`, is gone before loaders and actions run. */
const acceptsHtml = (request: Request) => (request.headers.get("Accept") ?? "").includes("text/html");
