import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { ExportFormat, ExportScreen } from "./export-format.ts";
import type { ExportRequest, ListExport } from "./list-export.ts";

const listLimit = 30;

/** The shop's recent exports, newest first. */
export function listExports(db: Db, shopId: ShopId): Promise<ListExport[]> {
  return withShop(db, shopId, async ({ sql }) => {
    const rows = await sql<(Omit<ListExport, "bytes"> & { bytes: string })[]>`
      select id, screen, format, query, cardinality(order_ids) as ticked, sort, columns, state, total, written, bytes,
        error, actor_name as "actorName", to_json(created_at)#>>'{}' as "createdAt",
        to_json(finished_at)#>>'{}' as "finishedAt", to_json(expires_at)#>>'{}' as "expiresAt",
        expires_at < now() as expired
      from list_exports where shop_id = ${shopId} order by created_at desc limit ${listLimit}`;
    return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
  });
}

/** What an export was asked to write, to ask for it again. @returns null for an unknown one, another shop's included */
export function findExportRequest(db: Db, shopId: ShopId, exportId: string): Promise<ExportRequest | null> {
  return withShop(db, shopId, async ({ sql }) => {
    const [row] = await sql<ExportRequest[]>`
      select screen, format, query, order_ids as ids, sort, columns from list_exports
      where shop_id = ${shopId} and id = ${exportId}`;
    return row ?? null;
  });
}

/** A finished file, to be downloaded. */
export interface ExportedFile {
  screen: ExportScreen;
  format: ExportFormat;
  bytes: number;
  /** The day of its rows on the shop's calendar, `yyyy-mm-dd`. */
  day: string;
  expired: boolean;
}

/** @returns null for a file that is unknown or not written, and once the shop has uninstalled the app */
export function findExportedFile(db: Db, shopId: ShopId, exportId: string): Promise<ExportedFile | null> {
  return withShop(db, shopId, async ({ sql }) => {
    const [row] = await sql<(Omit<ExportedFile, "bytes"> & { bytes: string })[]>`
      select e.screen, e.format, e.bytes, e.expires_at < now() as expired,
        to_char(e.created_at at time zone s.time_zone, 'YYYY-MM-DD') as day
      from list_exports e join shops s on s.id = e.shop_id
      where e.shop_id = ${shopId} and e.id = ${exportId} and e.state = 'done' and s.uninstalled_at is null`;
    return row ? { ...row, bytes: Number(row.bytes) } : null;
  });
}

/** One stored piece of a file; null past its end. */
export function readExportChunk(
  db: Db,
  shopId: ShopId,
  exportId: string,
  position: number,
): Promise<Buffer | null> {
  return withShop(db, shopId, async ({ sql }) => {
    const [row] = await sql<{ bytes: Buffer }[]>`
      select bytes from export_chunks
      where shop_id = ${shopId} and export_id = ${exportId} and position = ${position}`;
    return row?.bytes ?? null;
  });
}
