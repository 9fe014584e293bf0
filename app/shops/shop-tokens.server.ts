import type { Tx } from "../db.server.ts";
import { type Db, withShop } from "../db.server.ts";
import {
  AccessTokenRefused,
  InvalidSessionToken,
  type OfflineTokens,
  type Shopify,
  ShopifyCallFailed,
} from "../shopify.server.ts";
import { decrypt, encrypt } from "./encryption.server.ts";
import type { Shop, ShopId } from "./shop.ts";

/** Shopify's own packages refresh this early, so that a token does not expire under a running call. */
const refreshEarlyMs = 5 * 60_000;

/** What is needed to use a shop's access token: Shopify's door and the key that tokens are encrypted with. */
export interface TokenContext {
  db: Db;
  shopify: Shopify;
  encryptionKey: Buffer;
}

/** Stores the pair encrypted, both halves in one statement: a crash leaves the old pair or the new one. */
export async function saveTokens(
  tx: Tx,
  encryptionKey: Buffer,
  shopId: ShopId,
  tokens: OfflineTokens,
): Promise<void> {
  const accessToken = encrypt(encryptionKey, `${shopId} access`, tokens.accessToken);
  const refreshToken =
    tokens.refreshToken && encrypt(encryptionKey, `${shopId} refresh`, tokens.refreshToken);
  await tx.sql`
    insert into shop_tokens (shop_id, access_token_ciphertext, access_token_expires_at, refresh_token_ciphertext,
      refresh_token_expires_at, scope)
    values (${shopId}, ${accessToken}, ${tokens.accessTokenExpiresAt?.toISOString() ?? null}, ${refreshToken},
      ${tokens.refreshTokenExpiresAt?.toISOString() ?? null}, ${tokens.scope})
    on conflict (shop_id) do update set access_token_ciphertext = excluded.access_token_ciphertext,
      access_token_expires_at = excluded.access_token_expires_at,
      refresh_token_ciphertext = excluded.refresh_token_ciphertext,
      refresh_token_expires_at = excluded.refresh_token_expires_at, scope = excluded.scope, refreshed_at = now()`;
}

interface TokenRow {
  domain: string;
  access_token_ciphertext: Buffer;
  access_token_expires_at: string | null;
  refresh_token_ciphertext: Buffer | null;
}

/**
 * The shop's access token, refreshed when it is about to expire. The row lock serialises the refresh: of several
 * workers one calls Shopify and the others find the new pair.
 * @throws ShopifyCallFailed when the app is not installed or the refresh is refused
 */
export async function requireAccessToken(
  { db, shopify, encryptionKey }: TokenContext,
  shopId: ShopId,
): Promise<{ domain: string; accessToken: string }> {
  const stored = await withShop(db, shopId, (tx) => readTokens(tx, shopId, false));
  if (isFresh(stored)) return open(encryptionKey, shopId, stored);
  const refreshed = await withShop(db, shopId, async (tx) => {
    const locked = await readTokens(tx, shopId, true);
    if (isFresh(locked) || locked.refresh_token_ciphertext === null)
      return open(encryptionKey, shopId, locked);
    const refreshToken = decrypt(encryptionKey, `${shopId} refresh`, locked.refresh_token_ciphertext);
    const tokens = await shopify.refreshTokens(locked.domain, refreshToken).catch((error) => {
      if (error instanceof InvalidSessionToken) return null;
      throw error;
    });
    if (!tokens) {
      // Refused for good: the next time somebody opens the app, their session token brings a new pair.
      await tx.sql`delete from shop_tokens where shop_id = ${shopId}`;
      return null;
    }
    await saveTokens(tx, encryptionKey, shopId, tokens);
    return { domain: locked.domain, accessToken: tokens.accessToken };
  });
  if (!refreshed) throw new ShopifyCallFailed("Shopify refused to refresh the shop's access token.", false);
  return refreshed;
}

/**
 * Runs a GraphQL operation as the shop. A token that Shopify does not know any more is forgotten, so that the next
 * opening of the app brings a new one.
 * @throws ShopifyCallFailed
 */
export async function queryShop<Data>(
  context: TokenContext,
  shopId: ShopId,
  operation: string,
  variables: object,
): Promise<Data> {
  const shop = await requireAccessToken(context, shopId);
  try {
    return await context.shopify.query<Data>(shop, operation, variables);
  } catch (error) {
    if (error instanceof AccessTokenRefused) {
      await withShop(context.db, shopId, (tx) => tx.sql`delete from shop_tokens where shop_id = ${shopId}`);
    }
    throw error;
  }
}

/** Gets the shop a new pair of tokens when it has none any more, or one that another ENCRYPTION_KEY has encrypted. */
export async function replaceLostTokens(
  { db, shopify, encryptionKey }: TokenContext,
  shop: Shop,
  sessionToken: string,
): Promise<void> {
  const stored = await withShop(
    db,
    shop.id,
    (tx) => tx.sql<Pick<TokenRow, "access_token_ciphertext">[]>`
      select access_token_ciphertext from shop_tokens where shop_id = ${shop.id}`,
  );
  if (stored[0] && isReadable(encryptionKey, shop.id, stored[0])) return;
  const tokens = await shopify.exchangeForOfflineTokens(shop.domain, sessionToken);
  await withShop(db, shop.id, (tx) => saveTokens(tx, encryptionKey, shop.id, tokens));
}

async function readTokens(tx: Tx, shopId: ShopId, lock: boolean): Promise<TokenRow> {
  const [row] = await tx.sql<TokenRow[]>`
    select s.domain, t.access_token_ciphertext, t.access_token_expires_at, t.refresh_token_ciphertext
    from shop_tokens t join shops s on s.id = t.shop_id
    where t.shop_id = ${shopId} ${lock ? tx.sql`for update of t` : tx.sql``}`;
  if (!row)
    throw new ShopifyCallFailed("The shop has no access token: the app is not installed there.", false);
  return row;
}

function isReadable(
  encryptionKey: Buffer,
  shopId: ShopId,
  { access_token_ciphertext }: Pick<TokenRow, "access_token_ciphertext">,
): boolean {
  try {
    decrypt(encryptionKey, `${shopId} access`, access_token_ciphertext);
    return true;
  } catch {
    return false;
  }
}

function isFresh({ access_token_expires_at }: TokenRow): boolean {
  if (access_token_expires_at === null) return true;
  return new Date(access_token_expires_at).getTime() - Date.now() > refreshEarlyMs;
}

function open(encryptionKey: Buffer, shopId: ShopId, row: TokenRow): { domain: string; accessToken: string } {
  return {
    domain: row.domain,
    accessToken: decrypt(encryptionKey, `${shopId} access`, row.access_token_ciphertext),
  };
}
