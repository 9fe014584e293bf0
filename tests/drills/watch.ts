import { readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createDb, withShop } from "../../app/db.server.ts";
import { migrate } from "../../drizzle/migrate.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { startApp } from "../support/app-processes.ts";
import { orderPayload } from "../support/deliveries.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { freePort } from "../support/free-port.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { makeScratch } from "../support/postgres-account.ts";
import { drawTrace, type Span } from "./draw-trace.ts";
import { createDatabase, initCluster, makeFolder, startServer } from "./drill-server.ts";
import { listen } from "./listen.ts";
import { until } from "./until.ts";

/**
 * What an operator sees: `npm run drill:watch`. Starts web and worker as in production, sends one delivery, and prints the
 * answers of the three doors, with PostgreSQL there and away, the log lines of the delivery, and its trace as a tree.
 */
const token = "a-token-for-prometheus";
const say = (line = "") => process.stdout.write(`${line}\n`);

ensureBuilt();
const scratch = makeFolder(makeScratch("atomic-orders-watch-"));
const spans: Span[] = [];
const collector = await startCollector(spans);
let server = await startServer(initCluster(join(scratch, "data")));
const port = new URL(server.url).port;
try {
  await createDatabase(server);
  await migrate(server.url);
  const operationsPort = await freePort();
  const app = await startApp(server.url, {
    ...{ METRICS_TOKEN: token, OPERATIONS_PORT: String(operationsPort), LOG_LEVEL: "debug" },
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  });
  const doors = { web: app.appUrl, worker: `http://127.0.0.1:${operationsPort}` };
  const ask = async (title: string) => {
    for (const [name, url] of Object.entries(doors))
      for (const path of ["/healthz", "/readyz"]) {
        const answer = await fetch(url + path);
        say(`${title}, ${name} ${path}: ${answer.status} ${(await answer.text()).trimEnd()}`);
      }
  };
  try {
    const worker = await app.startWorker();
    for (const url of Object.values(doors))
      await until("ready", async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200);
    await ask("at work");
    const db = createDb(server.url, { max: 1, name: "drill" });
    const { shopId, domain } = await createShop(db);
    await withShop(
      db,
      shopId,
      (tx) => tx.sql`insert into staff_members (shop_id, shopify_user_id, name)
                     values (${shopId}, 1001, 'Anna Berg')`,
    );
    const stream = await listen(app.appUrl, signSessionToken({ shop: domain, userId: 1001, ...app.secrets }));
    const deliver = () =>
      postWebhook({
        ...{ appUrl: app.appUrl, secret: app.secrets.apiSecret, shopDomain: domain, body: orderPayload() },
        topic: "orders/create",
      });
    // The first delivery opens connections and loads code; the second is as all others are.
    await deliver();
    await until("the stream hears", async () => stream.text.includes("ORDER_SYNCED"));
    const before = stream.text.length;
    const { headers } = await deliver();
    const requestId = headers.get("x-request-id");
    await until("the stream hears again", async () => stream.text.slice(before).includes("ORDER_SYNCED"));
    const traceOf = () => spans.find(({ attributes }) => attributes["request.id"] === requestId)?.traceId;
    const parts = ["inbox", "apply orders/create", "notify", "tell streams"];
    const namesOf = () => spans.filter(({ traceId }) => traceId === traceOf()).map(({ name }) => name);
    await until("the trace is whole", async () => parts.every((part) => namesOf().includes(part)));

    const traceId = traceOf();
    say("\ntrace");
    for (const line of drawTrace(spans.filter((span) => span.traceId === traceId))) say(line);
    const jobId = spans.find((span) => span.traceId === traceId && span.attributes["job.id"])?.attributes[
      "job.id"
    ];
    say("\nlog lines of the delivery");
    for (const { logFile } of [app.web, worker])
      for (const line of readFileSync(logFile, "utf8").split("\n"))
        if (isAbout(line, [requestId, traceId, jobId])) say(line);
    for (const [name, url] of Object.entries(doors)) {
      const answer = await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${token}` } });
      const lines = (await answer.text()).split("\n");
      say(`\n${name} /metrics: ${answer.status}, ${lines.length} lines, of them`);
      for (const line of lines) if (line.startsWith("atomic_orders_") && !line.includes("_bucket")) say(line);
    }
    say(`\n/metrics without the token: ${(await fetch(`${app.appUrl}/metrics`)).status}`);
    stream.end();
    await db.close();

    say();
    server.stop();
    await until("the web process notices", async () => (await fetch(`${app.appUrl}/readyz`)).status === 503);
    await ask("PostgreSQL stopped");
    const refused = await deliver();
    say(`PostgreSQL stopped, a delivery: ${refused.status} ${refused.text.trimEnd()}`);
    server = await startServer(server.dataFolder, { port });
    await until("ready again", async () => (await fetch(`${app.appUrl}/readyz`)).status === 200);
    await ask("PostgreSQL back");
  } finally {
    await app.stop();
  }
} finally {
  server.stop();
  collector.close();
  rmSync(scratch, { recursive: true, force: true });
}

function isAbout(line: string, ids: (string | number | null | undefined)[]): boolean {
  return ids.some((id) => id && line.includes(String(id)));
}

/** An OTLP/HTTP receiver that keeps every span it is sent. */
async function startCollector(found: Span[]): Promise<Server> {
  const opened = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = JSON.parse(Buffer.concat(chunks).toString()) as OtlpBatch;
    for (const { resource, scopeSpans } of sent.resourceSpans)
      for (const { spans: batch } of scopeSpans)
        for (const { attributes, startTimeUnixNano, endTimeUnixNano, ...span } of batch)
          found.push({
            ...span,
            process: String(flatten(resource.attributes)["service.name"]),
            startMs: Number(BigInt(startTimeUnixNano) / 1_000n) / 1_000,
            endMs: Number(BigInt(endTimeUnixNano) / 1_000n) / 1_000,
            attributes: flatten(attributes),
          });
    response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  return opened;
}

type OtlpAttributes = {
  key: string;
  value: { stringValue?: string; intValue?: number; doubleValue?: number };
}[];

interface OtlpBatch {
  resourceSpans: {
    resource: { attributes: OtlpAttributes };
    scopeSpans: {
      spans: {
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        name: string;
        startTimeUnixNano: string;
        endTimeUnixNano: string;
        attributes: OtlpAttributes;
      }[];
    }[];
  }[];
}

function flatten(attributes: OtlpAttributes = []): Record<string, string | number | undefined> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue]),
  );
}
