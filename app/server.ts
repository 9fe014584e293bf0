import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { Server as NetServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import express from "express";
import type { ViteDevServer } from "vite";
import { followConnections } from "./follow-connections.ts";
import { routePatterns } from "./route-patterns.ts";

/**
 * The web process: static files and the Remix app. It serves build/, or with `--dev` compiles on request.
 *
 * It imports nothing of the app directly, because the build holds its own copies of the modules; what it must
 * reach in there (the shutdown) is exported by entry.server.
 */

interface Entry {
  port: number;
  host: string;
  /** Proxies in front of us whose word on the visitor's address counts. */
  trustedProxies: number;
  /** How long to go on answering after a proxy could have noticed that this process is not ready any more. */
  drainMs: number;
  /** Follows a request: log lines, metrics, trace. */
  observeRequest(request: IncomingMessage, response: ServerResponse, route: string, next: () => void): void;
  /** Answers a POST at the webhook door; see its file for why it does not go through the frameworks. */
  serveDelivery(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** From now on not ready. */
  announceStop(): void;
  /** Sends every stream elsewhere. */
  endStreams(): Promise<void>;
  /** Called once, when nothing is being answered any more: close pools. */
  shutDown(): Promise<void>;
}

type AppBuild = ServerBuild & { entry: { module: { startUp(): Entry } } };

/** A form's bytes at most: ten thousand pasted lines take half a megabyte. The webhook door has a limit of its own. */
const maxFormBytes = 8 * 1024 * 1024;

/** What forms larger than this may take together while they are read; small ones get in beside them. */
const largeFormBytes = 256 * 1024;
const maxLargeFormsBytes = 128 * 1024 * 1024;
let largeFormsBytes = 0;

/**
 * Whoever takes longer to send a request, its body included, is answered 408: a form of eight megabytes at three megabits
 * a second gets through, one that never ends does not keep its place. Shopify itself gives up after five seconds.
 */
const patience = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 };

/** Where Shopify posts. */
const deliveryPath = "/webhooks/shopify";

/** Longer than the longest request we serve, shorter than the patience of an orchestrator. */
const shutdownLimitMs = 25_000;

/** Once nobody can connect any more: how long whoever keeps a connection open may still send on it, as long as we drain. */
const idleGraceMs = { least: 50, most: 1_000 };

const devServer = process.argv.includes("--dev") ? await startViteDevServer() : null;
const loadBuild = devServer
  ? () => devServer.ssrLoadModule("virtual:remix/server-build") as Promise<unknown> as Promise<AppBuild>
  : () => import(new URL("../build/server/index.js", import.meta.url).href) as Promise<AppBuild>;

const build = await loadBuild();
const {
  port,
  host,
  drainMs,
  trustedProxies,
  observeRequest,
  serveDelivery,
  announceStop,
  endStreams,
  shutDown,
} = build.entry.module.startUp();
const routeOf = routePatterns(build.routes);
const app = express();
app.disable("x-powered-by");
app.set("trust proxy", trustedProxies);
if (devServer) {
  app.use(devServer.middlewares);
} else {
  app.use(
    "/assets",
    express.static("build/client/assets", { immutable: true, maxAge: "1y", fallthrough: false }),
  );
  app.use(express.static("build/client", { maxAge: "1h", redirect: false }));
}
let stopping = false;
app.use((request, response, next) => follow(request, response, routeOf(request.path), next));
app.post("*", refuseLargeForm);
// Remix makes a Request of what comes, which throws at this method.
app.trace("*", (_request, response) => void response.status(405).type("text").send("Method not allowed."));
app.all(
  "*",
  createRequestHandler({
    build: devServer ? loadBuild : build,
    getLoadContext: createLoadContext,
  }),
);

app.use(answerUnreadable);

const server = createServer(patience, (request, response) => {
  if (request.method === "POST" && request.url === deliveryPath)
    follow(request, response, deliveryPath, () => void serveDelivery(request, response));
  else app(request, response);
});
const connections = followConnections(server);
server.listen(port, host);
// Shopify keeps connections open; a proxy in front closes idle ones after 60 s, and must be the first to do so.
server.keepAliveTimeout = 65_000;

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());

function follow(request: IncomingMessage, response: ServerResponse, route: string, next: () => void): void {
  // Whoever keeps connections open must take the next request elsewhere.
  if (stopping) response.setHeader("Connection", "close");
  observeRequest(request, response, route, next);
}

/** Nobody has proven who they are when a form is read, so what it takes is bounded by what it says it takes. */
function refuseLargeForm(request: express.Request, response: express.Response, next: () => void): void {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  const bytes = Number(length ?? 0);
  if (length === undefined && encoding !== undefined)
    response.status(411).type("text").send("Say how long the form is (Content-Length).");
  else if (bytes > maxFormBytes)
    response
      .status(413)
      .type("text")
      .send("That is more than a form may hold. Nothing was saved; send less at once.");
  else if (bytes <= largeFormBytes) next();
  else if (largeFormsBytes + bytes > maxLargeFormsBytes)
    response
      .status(503)
      .set("Retry-After", "5")
      .type("text")
      .send("Too many large forms at once. Try again.");
  else {
    largeFormsBytes += bytes;
    response.once("close", () => {
      largeFormsBytes -= bytes;
    });
    next();
  }
}

/**
 * Answers what could not be read, such as a Host that is none. Express would say 500 to some of it, and print a stack
 * that names the address beside the log's lines.
 */
function answerUnreadable(
  error: { code?: string; status?: number },
  _request: express.Request,
  response: express.Response,
  next: (error: unknown) => void,
): void {
  const status = error.code === "ERR_INVALID_URL" ? 400 : (error.status ?? 500);
  if (status >= 500 || response.headersSent) next(error);
  else response.status(status).type("text").send(STATUS_CODES[status]);
}

function createLoadContext(request: express.Request, response: express.Response): AppLoadContext {
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  const drained = async () => {
    if (!response.writableNeedDrain || closed.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        response.off("drain", done).off("close", done);
        resolve();
      };
      response.once("drain", done).once("close", done);
    });
  };
  return {
    cspNonce: randomBytes(16).toString("base64"),
    closed: closed.signal,
    drained,
    unsentBytes: () => response.writableLength,
    cutOff: () => response.destroy(),
    unavailable: () => {
      // Remix sets the status of its own answer after the error was reported, and there is no later moment to ask.
      Object.defineProperty(response, "statusCode", { get: () => 503, set: () => {} });
    },
    clientAddress: request.ip ?? "",
    shopDomain: null,
  };
}

/**
 * Stops without dropping a request, also behind a proxy that learns of it only by a refused connection, as nginx does.
 *
 * To close a listening socket resets what waits to be accepted, and to close an idle connection loses what was just sent
 * on it. So a proxy goes on using its open connections until the listener is closed, which hardly any new one hits; only
 * then are they told to close, and only after that the idle ones are closed. Pools go last: a request may still need one.
 */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), shutdownLimitMs).unref();
  announceStop();
  await sleep(drainMs);
  // Right after the event loop has accepted what there was.
  await new Promise((resolve) => setImmediate(resolve));
  stopping = true;
  const served = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
  await endStreams();
  await Promise.race([served, sleep(Math.max(idleGraceMs.least, Math.min(drainMs, idleGraceMs.most)))]);
  connections.closeIdle();
  await served;
  await shutDown();
  await devServer?.close();
  process.exit(0);
}

async function startViteDevServer(): Promise<ViteDevServer> {
  const { createServer: createViteServer } = await import("vite");
  return createViteServer({ server: { middlewareMode: true } });
}
