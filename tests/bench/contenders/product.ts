import { randomUUID } from "node:crypto";
import { createDb, withShop } from "../../../app/db.server.ts";
import type { ShopId } from "../../../app/shops/shop.ts";
import type { SupervisedProcess } from "../../demo/supervise.ts";
import { signSessionToken } from "../../shopify-simulator/session-token.ts";
import { startApp } from "../../support/app-processes.ts";
import { ensureBuilt } from "../../support/ensure-built.ts";
import type { BenchCluster } from "./bench-cluster.ts";
import type { Contender } from "./contender.ts";
import { openEventStream } from "./event-stream.ts";

export interface Product extends Contender {
  name: "ours";
  /** Installs shops with one member of staff. @returns their domains */
  addShops(count: number): Promise<string[]>;
  /** Reads a screen as a member of staff sees it, to its last byte. @throws Error unless it is answered 200 */
  readPage(shopDomain: string, path: string): Promise<void>;
  /** The web process. */
  webPid: number;
  workerPid(): number;
  stop(): Promise<void>;
}

/** Opening a stream takes a request of the web process; more at once would only queue there. */
const openingAtOnce = 20;

/** Starts the built web process and one worker, as in production. */
export async function startProduct(
  { url, pid, sql }: BenchCluster,
  extraEnv: Record<string, string> = {},
): Promise<Product> {
  ensureBuilt();
  const app = await startApp(url, extraEnv);
  const db = createDb(url, { max: 2, name: "bench" });
  let worker: SupervisedProcess | null = null;
  const startWorkers = async () => {
    worker ??= await app.startWorker();
  };
  await startWorkers();
  return {
    name: "ours",
    target: new URL(`${app.appUrl}/webhooks/shopify`),
    secret: app.secrets.apiSecret,
    webPid: app.webPid,
    workerPid: () => worker?.pid ?? 0,
    processes: () => [
      { name: "web", pid: app.webPid },
      ...(worker ? [{ name: "worker", pid: worker.pid }] : []),
      { name: "PostgreSQL", pid },
    ],
    ownPids: () => [app.webPid, ...(worker ? [worker.pid] : [])],
    startWorkers,
    stopWorkers: async () => {
      await worker?.stop();
      worker = null;
    },
    analyse: async () => {
      await sql`vacuum analyze`;
    },
    addShops: async (count) => {
      const domains = Array.from({ length: count }, () => `bench-${randomUUID()}.myshopify.com`);
      for (const domain of domains) {
        const shopId = randomUUID() as ShopId;
        await withShop(db, shopId, async (tx) => {
          await tx.sql`insert into shops (id, domain, name, currency, time_zone)
                       values (${shopId}, ${domain}, 'Bench', 'USD', 'America/New_York')`;
          await tx.sql`insert into staff_members (shop_id, shopify_user_id, name)
                       values (${shopId}, 1001, 'Anna Berg')`;
        });
      }
      return domains;
    },
    follow: async (plan) => {
      const [before] = await sql<{ id: string }[]>`select coalesce(max(id), 0) as id from webhook_events`;
      const expected = plan.deliveries.length;
      return async () => {
        // By the index of open rows first: counting all of them would be work beside what is measured.
        const [row] = await sql<{ open: number }[]>`
          select count(*)::int as open from webhook_events where status = 'received'`;
        if (row?.open !== 0) return row?.open ?? expected;
        const [done] = await sql<{ count: number }[]>`
          select count(*)::int as count from webhook_events
          where id > ${before?.id ?? 0} and status in ('applied', 'stale')`;
        return expected - (done?.count ?? 0);
      };
    },
    openScreens: async (count, shopDomain, hear) => {
      const closers: (() => void)[] = [];
      for (let opened = 0; opened < count; opened += openingAtOnce) {
        const token = signSessionToken({ shop: shopDomain, userId: 1001, ...app.secrets });
        const some = Array.from({ length: Math.min(openingAtOnce, count - opened) }, (_, index) =>
          openEventStream(new URL(`${app.appUrl}/app/live`), token, opened + index === 0 ? hear : () => {}),
        );
        closers.push(...(await Promise.all(some)));
      }
      return {
        shopifyIds: async () => {
          const rows = await sql<{ id: string; shopify_order_id: string }[]>`
            select o.id, o.shopify_order_id from orders o join shops s on s.id = o.shop_id
            where s.domain = ${shopDomain}`;
          return new Map(rows.map((row) => [row.id, row.shopify_order_id]));
        },
        close: () => {
          for (const close of closers) close();
        },
      };
    },
    readPage: async (shopDomain, path) => {
      const token = signSessionToken({ shop: shopDomain, userId: 1001, ...app.secrets });
      const answer = await fetch(app.appUrl + path, {
        headers: { Accept: "text/html", Authorization: `Bearer ${token}` },
      });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    },
    stop: async () => {
      await app.stop();
      await db.close();
    },
  };
}
