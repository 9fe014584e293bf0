import "@shopify/shopify-api/adapters/web-api";
import { createHmac, timingSafeEqual } from "node:crypto";
import { ApiVersion, HttpResponseError, RequestedTokenType, Session, shopifyApi } from "@shopify/shopify-api";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import type { Env } from "./env.server.ts";
import { parseShopDomain } from "./shops/shop.ts";

/** The only door to @shopify/shopify-api. */

/** Webhooks and GraphQL use one version; shopify.app.toml names the same. */
export const apiVersion = ApiVersion.October26;

/** A session token whose signature, time, audience and origin have been verified. */
export interface VerifiedToken {
  shopDomain: string;
  /** Shopify's id of the person, decimal text. */
  userId: string;
  /** When Shopify issued the session token that began this visit: the app was installed then. */
  signedInAt: Date;
}

export interface OfflineTokens {
  accessToken: string;
  accessTokenExpiresAt: Date | null;
  refreshToken: string | null;
  refreshTokenExpiresAt: Date | null;
  scope: string;
}

/** The session token is bad or too old; App Bridge fetches a new one when told so. */
export class InvalidSessionToken extends Error {}

/** Shopify refused or could not answer. `retryable` says whether the same call may succeed later. */
export class ShopifyCallFailed extends Error {
  readonly retryable: boolean;
  constructor(message: string, retryable: boolean) {
    super(message);
    this.retryable = retryable;
  }
}

/** Shopify does not know the access token any more: the app was uninstalled, perhaps installed anew since. */
export class AccessTokenRefused extends ShopifyCallFailed {
  constructor() {
    super("Shopify refused the shop's access token.", false);
  }
}

export type ShopifyConfig = Pick<
  Env,
  | "SHOPIFY_API_KEY"
  | "SHOPIFY_API_SECRET"
  | "SHOPIFY_API_SECRET_PREVIOUS"
  | "SHOPIFY_APP_URL"
  | "SHOPIFY_SIMULATOR_URL"
>;

/** The longest a call to Shopify may take; the package itself has no limit. */
const callTimeoutMs = 15_000;

export interface Shopify {
  verifySessionToken(token: string): Promise<VerifiedToken>;
  exchangeForOfflineTokens(shopDomain: string, sessionToken: string): Promise<OfflineTokens>;
  /** The name of the person behind a session token. */
  fetchStaffName(shopDomain: string, sessionToken: string): Promise<string | null>;
  refreshTokens(shopDomain: string, refreshToken: string): Promise<OfflineTokens>;
  /** Runs a GraphQL operation. @throws ShopifyCallFailed */
  query<Data>(
    shop: { domain: string; accessToken: string },
    operation: string,
    variables?: object,
  ): Promise<Data>;
  /** True when one of the app's secrets signed exactly these bytes. Constant time. */
  isSigned(body: Uint8Array, signature: string): boolean;
}

export function createShopify(config: ShopifyConfig): Shopify {
  installFetchHook(config.SHOPIFY_SIMULATOR_URL);
  const secrets = [config.SHOPIFY_API_SECRET, config.SHOPIFY_API_SECRET_PREVIOUS].filter(
    (secret) => secret !== undefined,
  );
  const [api, ...previous] = secrets.map((secret) => createApi(config, secret));
  if (!api) throw new Error("SHOPIFY_API_SECRET is required");

  return {
    async verifySessionToken(token) {
      for (const candidate of [api, ...previous]) {
        const payload = await candidate.session.decodeSessionToken(token).catch(() => null);
        // The package checks neither that the issuer is the destination nor that it is a shop at all.
        const shopDomain = payload && parseShopDomain(hostOf(payload.dest));
        if (shopDomain && hostOf(payload.iss) === hostOf(payload.dest))
          return { shopDomain, userId: String(payload.sub), signedInAt: new Date(payload.iat * 1_000) };
      }
      throw new InvalidSessionToken("The session token is not valid.");
    },

    async exchangeForOfflineTokens(shop, sessionToken) {
      const requestedTokenType = RequestedTokenType.OfflineAccessToken;
      const { session } = await tokenCall(() =>
        api.auth.tokenExchange({ shop, sessionToken, requestedTokenType, expiring: true }),
      );
      return toTokens(session);
    },

    async fetchStaffName(shop, sessionToken) {
      const requestedTokenType = RequestedTokenType.OnlineAccessToken;
      const { session } = await tokenCall(() =>
        api.auth.tokenExchange({ shop, sessionToken, requestedTokenType }),
      );
      const user = session.onlineAccessInfo?.associated_user;
      return [user?.first_name, user?.last_name].filter(Boolean).join(" ") || null;
    },

    async refreshTokens(shop, refreshToken) {
      const { session } = await tokenCall(() => api.auth.refreshToken({ shop, refreshToken }));
      return toTokens(session);
    },

    query: (shop, operation, variables) => queryAdmin(api, shop, operation, variables),

    isSigned(body, signature) {
      const given = Buffer.from(signature, "base64");
      // Every secret is tried whatever the first says, so that time tells nothing about which one is in use.
      return secrets
        .map((secret) => createHmac("sha256", secret).update(body).digest())
        .map((digest) => digest.length === given.length && timingSafeEqual(digest, given))
        .includes(true);
    },
  };
}

type Api = ReturnType<typeof createApi>;

function createApi(config: ShopifyConfig, apiSecretKey: string) {
  const appUrl = new URL(config.SHOPIFY_APP_URL);
  return shopifyApi({
    apiKey: config.SHOPIFY_API_KEY,
    apiSecretKey,
    apiVersion,
    hostName: appUrl.host,
    hostScheme: appUrl.protocol === "http:" ? "http" : "https",
    isEmbeddedApp: true,
    logger: { level: 0, log: () => {} },
  });
}

/**
 * Sets the package's documented fetch hook once: every call gets a time limit, and with a simulator configured
 * `https://{shop}/…` goes there instead, the shop's host in a header. All code above this line is production's.
 */
function installFetchHook(simulatorUrl: string | undefined): void {
  setAbstractFetchFunc((input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const options = { ...init, signal: init?.signal ?? AbortSignal.timeout(callTimeoutMs) };
    if (!simulatorUrl) return fetch(url, options);
    const headers = new Headers(init?.headers);
    headers.set("x-simulated-host", url.host);
    return fetch(new URL(url.pathname + url.search, simulatorUrl), { ...options, headers });
  });
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : null);

function toTokens(session: Session): OfflineTokens {
  if (!session.accessToken) throw new ShopifyCallFailed("Shopify answered without an access token.", false);
  return {
    accessToken: session.accessToken,
    accessTokenExpiresAt: session.expires ?? null,
    refreshToken: session.refreshToken ?? null,
    refreshTokenExpiresAt: session.refreshTokenExpires ?? null,
    scope: session.scope ?? "",
  };
}

/** A 400 on a token call means that the token we sent is stale; a new one from App Bridge may do. */
async function tokenCall<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof HttpResponseError && error.response.code === 400) {
      throw new InvalidSessionToken("Shopify did not accept the token.");
    }
    throw new ShopifyCallFailed(
      `Shopify's token endpoint failed: ${(error as Error).constructor.name}.`,
      true,
    );
  }
}

/**
 * The package's client does not retry THROTTLED, reads Retry-After as milliseconds and has no time limit, so it
 * runs with retries off and the waiting happens here.
 */
async function queryAdmin<Data>(
  api: Api,
  shop: { domain: string; accessToken: string },
  operation: string,
  variables: object = {},
): Promise<Data> {
  const session = new Session({
    id: api.session.getOfflineId(shop.domain),
    shop: shop.domain,
    accessToken: shop.accessToken,
    state: "",
    isOnline: false,
  });
  const client = new api.clients.Graphql({ session });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { data } = await client.request(operation, { variables, retries: 0 });
      return data as Data;
    } catch (error) {
      if (error instanceof HttpResponseError && error.response.code === 401) throw new AccessTokenRefused();
      const waitMs = throttleWaitMs(error);
      if (waitMs === null || attempt === 5) {
        throw new ShopifyCallFailed(
          `Shopify's GraphQL call failed: ${graphqlReason(error)}.`,
          waitMs !== null,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs * (1 + Math.random() / 4)));
    }
  }
}

interface ThrottledBody {
  errors?: { graphQLErrors?: { message?: string; extensions?: { code?: string } }[] };
  extensions?: {
    cost?: {
      requestedQueryCost: number;
      throttleStatus: { currentlyAvailable: number; restoreRate: number };
    };
  };
}

/** How long to wait before the same call may succeed, in milliseconds; null when it never will. */
function throttleWaitMs(error: unknown): number | null {
  if (error instanceof HttpResponseError) {
    const { code } = error.response;
    const retryAfter = (error as { response: { retryAfter?: number } }).response.retryAfter;
    if (code === 429) return (retryAfter ?? 2) * 1_000;
    return code >= 500 ? 1_000 : null;
  }
  const body = (error as { body?: ThrottledBody }).body;
  const throttled = body?.errors?.graphQLErrors?.some(({ extensions }) => extensions?.code === "THROTTLED");
  if (!throttled) return null;
  const cost = body?.extensions?.cost;
  if (!cost) return 2_000;
  const { currentlyAvailable, restoreRate } = cost.throttleStatus;
  return Math.max(500, ((cost.requestedQueryCost - currentlyAvailable) / restoreRate) * 1_000);
}

function graphqlReason(error: unknown): string {
  const messages = (error as { body?: ThrottledBody }).body?.errors?.graphQLErrors?.map(
    ({ message }) => message,
  );
  return messages?.join("; ") || (error as Error).constructor.name;
}
