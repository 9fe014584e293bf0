import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type postgres from "postgres";
import { listExports } from "../../../app/exports/exports.server.ts";
import { requestExport } from "../../../app/exports/request-export.server.ts";
import { openQueue, type Queue } from "../../../app/queue.server.ts";
import { fillOrders } from "../../exports/fill-orders.ts";
import { postgresAccount } from "../../support/postgres-account.ts";
import { until } from "../wait.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";

const orders = 10_000;
const exportLimitMs = 60_000;

/** The rows that hold a file's bytes lie on a disk that is full after one megabyte. Everything else has room. */
export const diskFull: Fault = {
  name: "disk-full",
  title: "no room for the file of an export",
  async run(world) {
    const { db, database, strangeShop, history } = world;
    const queue = await openQueue(db, (error) => history.note("queue error", { error: String(error) }));
    await fillOrders(db, strangeShop.shopId, orders);
    const disk = await fillDisk(world);
    let failed: Exported | null = null;
    try {
      failed = await runExport(world, queue);
    } finally {
      await disk.free();
    }
    history.note("the export on the full disk", { ...failed });
    if (failed?.state !== "failed" || !/no room left/.test(failed.error ?? ""))
      history.find("an export without room for its file did not say so", { ...failed });
    const left = await database.asAdmin((sql) => sql`select from export_chunks`);
    if (left.length > 0) history.find(`${left.length} pieces of the failed export were left behind`);
    const second = await runExport(world, queue);
    if (second?.state !== "done")
      history.find("with room again the export did not come about", { ...second });
    await queue.stop();
    return `${disk.kind}; the export said so, and was written once there was room`;
  },
};

interface Exported {
  state: string;
  error: string | null;
}

async function runExport({ db, strangeShop: { shopId } }: World, queue: Queue): Promise<Exported | null> {
  const actor = { kind: "merchant", id: "1001", name: "Anna Berg" } as const;
  const columns = ["customer", "created", "total", "note"];
  const request = {
    screen: "orders",
    format: "jsonl",
    query: "",
    ids: null,
    sort: "created-asc",
    columns,
  } as const;
  const asked = await requestExport(db, queue, { shopId, actor, request: { ...request, columns } });
  if (asked.outcome !== "requested") return null;
  const read = async () => (await listExports(db, shopId)).find(({ id }) => id === asked.exportId);
  await until(async () => ["done", "failed"].includes((await read())?.state ?? ""), exportLimitMs);
  const { state = "gone", error = null } = (await read()) ?? {};
  return { state, error };
}

/**
 * A file system in memory of one megabyte where this account may mount one. Elsewhere a trigger throws what
 * PostgreSQL throws when the disk is full; the history says which it was.
 */
async function fillDisk({ database }: World): Promise<{ kind: string; free(): Promise<void> }> {
  const disk = join(database.folder, "small-disk");
  if (!mountSmall(disk)) {
    await database.asAdmin(plantError);
    return {
      kind: "a planted error 53100 in place of a full disk",
      free: () => database.asAdmin(removeError),
    };
  }
  let isMounted = true;
  const unmount = () => {
    // Lazily: a backend may still hold a file of it that is dropped already.
    if (isMounted) execFileSync("umount", ["--lazy", disk]);
    isMounted = false;
  };
  database.atClose(unmount);
  await database.asAdmin(async (sql) => {
    await sql.unsafe(`create tablespace small_disk location '${disk}'`);
    await sql.unsafe("alter table export_chunks set tablespace small_disk");
  });
  const free = async () => {
    await database.asAdmin(async (sql) => {
      await sql.unsafe("alter table export_chunks set tablespace pg_default");
      await sql.unsafe("checkpoint"); // what was dropped is removed with it
      await sql.unsafe("drop tablespace small_disk");
    });
    unmount();
  };
  return { kind: "a disk of one megabyte", free };
}

function mountSmall(folder: string): boolean {
  const { uid, gid } = postgresAccount() ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  try {
    mkdirSync(folder, { recursive: true });
    const options = `size=1m,mode=700,uid=${uid},gid=${gid}`;
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "chaos", folder], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

async function plantError(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    create function disk_is_full() returns trigger language plpgsql as $$
    begin raise exception using errcode = '53100', message = 'No space left on device'; end $$`);
  await sql.unsafe(
    "create trigger disk_is_full before insert on export_chunks for each row execute function disk_is_full()",
  );
}

async function removeError(sql: postgres.Sql): Promise<void> {
  await sql.unsafe("drop trigger disk_is_full on export_chunks");
  await sql.unsafe("drop function disk_is_full()");
}
