import { createDb, type Db } from "./db.server.ts";
import { type Env, env } from "./env.server.ts";
import { LiveHub } from "./live/live-hub.server.ts";
import { flushHints } from "./live/notify-shop.server.ts";
import { log } from "./log.server.ts";
import { type MailSetup, readMailSetup } from "./mail/mail-setup.ts";
import { openQueue, type Queue } from "./queue.server.ts";
import { createShopify, type Shopify } from "./shopify.server.ts";
import { startTracing, stopTracing } from "./trace.server.ts";
import { openInbox, type ReceiveWebhook } from "./webhooks/receive-webhook.server.ts";

/** What one web process holds. */
export interface WebProcess {
  env: Env;
  /** For screens. */
  db: Db;
  shopify: Shopify;
  hub: LiveHub;
  encryptionKey: Buffer;
  /** Null where e-mail is not set up. */
  mail: MailSetup | null;
  /** The queue needs the database to open; while that is away each call fails and the next one tries again. */
  queue(): Promise<Queue>;
  /** Accepts a delivery over a pool of its own, so that slow screens never delay an acknowledgement. */
  receiveWebhook: ReceiveWebhook;
  /** True once the process is on its way out: it still answers, but should be sent nothing new. */
  isStopping(): boolean;
  /** Says so. */
  announceStop(): void;
  /** Sends every stream away, with the hint to come back, and listens no more. */
  endStreams(): Promise<void>;
  close(): Promise<void>;
}

function startWebProcess(): WebProcess {
  log.level = env.LOG_LEVEL;
  startTracing(env.OTEL_EXPORTER_OTLP_ENDPOINT, "atomic-orders-web");
  const db = createDb(env.DATABASE_URL, { max: 10, name: "atomic-orders web" });
  const inboxDb = createDb(env.DATABASE_URL, { max: 3, name: "atomic-orders inbox", planOnce: true });
  const hub = new LiveHub(db, env.LISTEN_DATABASE_URL ?? env.DATABASE_URL);
  hub.start();
  const queue = retryable(() => openQueue(inboxDb, (error) => log.warn({ error }, "queue error")));
  const inbox = retryable(async () => openInbox(inboxDb, await queue()));
  let stopping = false;
  return {
    env,
    isStopping: () => stopping,
    announceStop: () => {
      stopping = true;
    },
    db,
    hub,
    queue,
    shopify: createShopify(env),
    encryptionKey: Buffer.from(env.ENCRYPTION_KEY, "hex"),
    mail: readMailSetup(env),
    receiveWebhook: async (delivery) => (await inbox())(delivery),
    endStreams: () => hub.close(),
    async close() {
      await flushHints(db);
      await queue().then(
        ({ stop }) => stop(),
        () => {}, // it never opened
      );
      await Promise.all([db.close(), inboxDb.close(), stopTracing()]);
    },
  };
}

/** Starts something once; after a failure the next call starts it again. */
function retryable<Value>(start: () => Promise<Value>): () => Promise<Value> {
  let started: Promise<Value> | null = null;
  return () => {
    started ??= start().catch((error) => {
      started = null;
      throw error;
    });
    return started;
  };
}

const store = globalThis as { atomicOrdersWebProcess?: WebProcess };

/** This process's resources; the same ones after a hot reload. */
export function webProcess(): WebProcess {
  store.atomicOrdersWebProcess ??= startWebProcess();
  return store.atomicOrdersWebProcess;
}
