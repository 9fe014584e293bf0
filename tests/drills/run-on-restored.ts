import { execFileSync } from "node:child_process";
import postgres from "postgres";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { nextOrderId, orderPayload } from "../support/deliveries.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { repositoryRoot } from "../support/repository-root.ts";
import { until } from "./until.ts";

/** Sends so many new orders of a shop, ten at a time, and waits until each is applied. */
export async function deliverOrders(
  app: AppProcesses,
  adminUrl: string,
  domain: string,
  count: number,
): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left-- > 0) {
      const body = orderPayload({ id: nextOrderId() });
      const { status } = await postWebhook({
        ...{ appUrl: app.appUrl, secret: app.secrets.apiSecret, shopDomain: domain, body },
        topic: "orders/create",
      });
      if (status !== 200) throw new Error(`a delivery was answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 10 }, lane));
  const sql = postgres(adminUrl, { max: 1 });
  try {
    await until("every delivery is applied", async () => {
      const [row] = await sql`select count(*)::int as open from webhook_events where status <> 'applied'`;
      return row?.open === 0;
    });
  } finally {
    await sql.end();
  }
}

/**
 * Starts web and worker on a restored database and uses them: ready, the list of orders, one more delivery, and every
 * issued document as it was.
 * @returns seconds from the start of the processes until they were ready, and what `npm run invoices:verify` said
 */
export async function runOnRestored(
  { url, adminUrl }: { url: string; adminUrl: string },
  domain: string,
): Promise<{ ready: number; verified: string }> {
  const startedAt = performance.now();
  const app = await startApp(url);
  try {
    await app.startWorker();
    await until("ready", async () => (await fetch(`${app.appUrl}/readyz`)).status === 200);
    const ready = (performance.now() - startedAt) / 1_000;
    const token = signSessionToken({ shop: domain, userId: 1001, ...app.secrets });
    const list = await fetch(`${app.appUrl}/app/orders?_data=routes/app.orders`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (list.status !== 200) throw new Error(`the list of orders was answered ${list.status}`);
    await list.body?.cancel();
    await deliverOrders(app, adminUrl, domain, 1);
    const verified = execFileSync(process.execPath, ["jobs/verify-invoices.ts"], {
      cwd: repositoryRoot,
      env: { ...process.env, ...requiredSettings, DATABASE_URL: url },
    });
    return { ready, verified: verified.toString("utf8").trim() };
  } finally {
    await app.stop();
  }
}

/** The command reads the same environment as every process and uses none of these. */
const requiredSettings = {
  ENCRYPTION_KEY: "ab".repeat(32),
  SHOPIFY_API_KEY: "not-used",
  SHOPIFY_API_SECRET: "not-used-at-all",
  SHOPIFY_APP_URL: "https://not-used.example",
};
