import { randomBytes } from "node:crypto";

export interface AccessToken {
  token: string;
  shop: string;
  userId: number | null;
  /** Milliseconds; null for the old offline tokens that never expire. */
  expiresAt: number | null;
}

interface RefreshToken {
  token: string;
  shop: string;
  expiresAt: number;
  /** The token this one replaces. It stays usable until this one is used. */
  replaces: string | null;
}

export const REFRESH_LIFETIME_SECONDS = 7_776_000;

export interface AccessTokens {
  issueOnline(shop: string, userId: number, lifetimeSeconds: number): AccessToken;
  issueOffline(shop: string, lifetimeSeconds: number | null): { access: AccessToken; refresh: string | null };
  /** null when the refresh token is unknown, expired or superseded. */
  refresh(
    shop: string,
    refreshToken: string,
    lifetimeSeconds: number,
  ): { access: AccessToken; refresh: string } | null;
  find(token: string): AccessToken | null;
  revokeShop(shop: string): void;
  /** Ends access tokens but not refresh tokens: what an hour does. */
  expireShop(shop: string): void;
  dump(): { access: AccessToken[]; refresh: RefreshToken[] };
}

export type AccessTokenDump = ReturnType<AccessTokens["dump"]>;

/** Issues and checks the tokens apps call the Admin API with. */
export function createAccessTokens(stored: AccessTokenDump = { access: [], refresh: [] }): AccessTokens {
  const access = new Map(stored.access.map((one) => [one.token, one]));
  const refresh = new Map(stored.refresh.map((one) => [one.token, one]));

  const issue = (prefix: string, shop: string, userId: number | null, lifetimeSeconds: number | null) => {
    const token = prefix + randomBytes(16).toString("hex");
    const expiresAt = lifetimeSeconds === null ? null : Date.now() + lifetimeSeconds * 1000;
    const issued = { token, shop, userId, expiresAt };
    access.set(token, issued);
    return issued;
  };
  const issueRefresh = (shop: string, replaces: string | null) => {
    const token = `shprt_${randomBytes(16).toString("hex")}`;
    refresh.set(token, { token, shop, expiresAt: Date.now() + REFRESH_LIFETIME_SECONDS * 1000, replaces });
    return token;
  };

  return {
    issueOnline: (shop, userId, lifetimeSeconds) => issue("shpua_", shop, userId, lifetimeSeconds),
    issueOffline: (shop, lifetimeSeconds) => ({
      access: issue("shpat_", shop, null, lifetimeSeconds),
      refresh: lifetimeSeconds === null ? null : issueRefresh(shop, null),
    }),
    refresh(shop, refreshToken, lifetimeSeconds) {
      const used = refresh.get(refreshToken);
      if (!used || used.shop !== shop || used.expiresAt <= Date.now()) return null;
      // An app that crashed before it stored the new pair may come back with the old token; once the new one
      // has been used, the old one is dead.
      if (used.replaces) refresh.delete(used.replaces);
      return {
        access: issue("shpat_", shop, null, lifetimeSeconds),
        refresh: issueRefresh(shop, refreshToken),
      };
    },
    find(token) {
      const found = access.get(token);
      return found && (found.expiresAt === null || found.expiresAt > Date.now()) ? found : null;
    },
    revokeShop(shop) {
      for (const one of access.values()) if (one.shop === shop) access.delete(one.token);
      for (const one of refresh.values()) if (one.shop === shop) refresh.delete(one.token);
    },
    expireShop(shop) {
      for (const one of access.values()) if (one.shop === shop) access.delete(one.token);
    },
    dump: () => ({ access: [...access.values()], refresh: [...refresh.values()] }),
  };
}
