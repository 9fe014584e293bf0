import { type Db, type Tx, withShop } from "../db.server.ts";
import type { Shop, ShopId } from "./shop.ts";

interface ShopRow {
  id: ShopId;
  domain: string;
  name: string;
  currency: string;
  time_zone: string;
  installed: boolean;
}

/**
 * Reads the shop of a domain; the transaction must be allowed to see it.
 * @returns null when the app was never installed there; `installed` is false after an uninstall
 */
export async function readShop(tx: Tx, domain: string): Promise<{ shop: Shop; installed: boolean } | null> {
  const [row] = await tx.sql<ShopRow[]>`
    select id, domain, name, currency, time_zone, uninstalled_at is null as installed from shops where domain = ${domain}`;
  if (!row) return null;
  const { id, name, currency, time_zone: timeZone } = row;
  return { shop: { id, domain, name, currency, timeZone }, installed: row.installed };
}

/** Notes that the app was installed when this session token was issued; see uninstallShop. */
export async function confirmInstallation(db: Db, shopId: ShopId, issuedAt: Date): Promise<void> {
  const at = issuedAt.toISOString();
  await withShop(
    db,
    shopId,
    (tx) =>
      tx.sql`update shops set confirmed_at = ${at} where id = ${shopId} and (confirmed_at < ${at} or confirmed_at is null)`,
  );
}

/** The shop of an id; null for an id that no shop has. */
export function findShop(db: Db, shopId: ShopId): Promise<Shop | null> {
  return withShop(db, shopId, async ({ sql }) => {
    const [row] = await sql<ShopRow[]>`
      select id, domain, name, currency, time_zone, true as installed from shops where id = ${shopId}`;
    if (!row) return null;
    const { id, domain, name, currency, time_zone: timeZone } = row;
    return { id, domain, name, currency, timeZone };
  });
}
