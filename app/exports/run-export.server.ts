import { type Db, isDatabaseAway, type Tx, withShop, withShopSnapshot } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import { log } from "../log.server.ts";
import type { Shop, ShopId } from "../shops/shop.ts";
import { describeFailure, isDiskFull } from "./describe-failure.ts";
import { ExportFile, ExportTakenOver } from "./export-file.server.ts";
import {
  type ExportFormat,
  type ExportScreen,
  exportFormatNames,
  type FileScreen,
  isListScreen,
  type ListScreen,
} from "./export-format.ts";
import { type ExportedList, type ExportSource, planForWholeLists } from "./export-source.server.ts";
import type { FileSource, OpenedFile } from "./file-source.ts";
import { keepHours } from "./list-export.ts";
import { openListFile } from "./open-list-file.server.ts";

/** What can be written, by name. */
export type ExportSources = Record<ListScreen, ExportSource> & Partial<Record<FileScreen, FileSource>>;

interface StoredRequest extends ExportedList {
  screen: ExportScreen;
  format: ExportFormat;
  columns: string[];
  state: string;
}

/**
 * Writes a file: a list exactly as its rows were at one moment, or what else a feature makes of that moment.
 *
 * The rows are read through a cursor in one long transaction that writes nothing, the bytes are stored in short
 * ones beside it. So writers wait for nobody, and at most one piece of the file is in memory. A lock in the long
 * transaction says that somebody works on the export; it goes with the connection, even of a worker that was killed.
 *
 * @param stopping leaves the export as it is; whoever runs it next starts its file anew
 */
export async function runExport(
  db: Db,
  { shopId, exportId }: { shopId: ShopId; exportId: string },
  sources: ExportSources,
  stopping: AbortSignal,
): Promise<void> {
  try {
    await withShopSnapshot(db, shopId, async (tx) => {
      const [lock] = await tx.sql<{ taken: boolean }[]>`
        select pg_try_advisory_xact_lock(hashtextextended(${exportId}, 0)) as taken`;
      const [request] = await tx.sql<StoredRequest[]>`
        select screen, format, query, order_ids as ids, sort, columns, state from list_exports
        where shop_id = ${shopId} and id = ${exportId}`;
      const [shop] = await tx.sql<Shop[]>`
        select id, domain, name, currency, time_zone as "timeZone" from shops where id = ${shopId}`;
      if (!lock?.taken || !shop || !request || !["queued", "running"].includes(request.state)) return;
      const opened = await open({ db, tx }, sources, request, shop);
      await begin(db, shopId, exportId, opened.total);
      const file = new ExportFile(db, shopId, exportId);
      for await (const written of opened.write((bytes) => file.push(bytes))) {
        if (stopping.aborted) return;
        await file.store(written);
      }
      await file.finish(opened.total);
      // Still under the lock, so that nobody takes a finished export for an abandoned one.
      await end(db, shopId, exportId, "done", null);
    });
  } catch (error) {
    if (error instanceof ExportTakenOver)
      return log.warn({ exportId }, "an export was taken over by another worker");
    if (isDatabaseAway(error) && !isDiskFull(error)) throw error;
    log.error({ exportId, error }, "an export failed");
    await end(db, shopId, exportId, "failed", describeFailure(error));
  }
}

async function open(
  services: { db: Db; tx: Tx },
  sources: ExportSources,
  request: StoredRequest,
  shop: Shop,
): Promise<OpenedFile> {
  const { screen } = request;
  if (isListScreen(screen)) {
    const format = exportFormatNames.find((name) => name === request.format);
    if (!format) throw new Error(`no list is written as ${request.format}`);
    return openListFile(services.tx, sources[screen], { ...request, format }, shop);
  }
  const source = sources[screen];
  if (!source) throw new Error(`nobody writes the files of ${screen}`);
  await planForWholeLists(services.tx, shop.timeZone);
  return source.open(services, shop, request);
}

/** Starts the file anew, whatever an earlier try has left. */
async function begin(db: Db, shopId: ShopId, exportId: string, total: number): Promise<void> {
  const change = await withShop(db, shopId, async (tx) => {
    await tx.sql`update list_exports set state = 'running', total = ${total}, written = 0, bytes = 0, error = null
                 where shop_id = ${shopId} and id = ${exportId}`;
    await tx.sql`delete from export_chunks where shop_id = ${shopId} and export_id = ${exportId}`;
    return countChange(tx, shopId);
  });
  notifyShop(db, { shopId, change, orders: [] });
}

async function end(
  db: Db,
  shopId: ShopId,
  exportId: string,
  state: "done" | "failed",
  error: string | null,
): Promise<void> {
  const change = await withShop(db, shopId, async (tx) => {
    await tx.sql`update list_exports set state = ${state}, error = ${error}, finished_at = now(),
                                         expires_at = now() + make_interval(hours => ${keepHours})
                 where shop_id = ${shopId} and id = ${exportId} and state in ('queued', 'running')`;
    if (state === "failed")
      await tx.sql`delete from export_chunks where shop_id = ${shopId} and export_id = ${exportId}`;
    return countChange(tx, shopId);
  });
  notifyShop(db, { shopId, change, orders: [] });
}
