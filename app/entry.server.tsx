import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough } from "node:stream";
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { isDatabaseAway } from "./db.server.ts";
import { log } from "./log.server.ts";
import { observeRequest } from "./operations/observe-request.server.ts";
import { securityHeaders } from "./security-headers.server.ts";
import { NonceContext } from "./ui/nonce.ts";
import { webProcess } from "./web-process.server.ts";
import { serveDelivery } from "./webhooks/serve-delivery.server.ts";

/** A slow loader is cut off after this; the page then shows the error of the part that waited. */
const renderLimitMs = 10_000;

/** What app/server.ts needs of the app: where to listen, and how to stop. */
export function startUp() {
  const { env, announceStop, endStreams, close } = webProcess();
  return {
    port: env.PORT,
    host: env.HOST,
    drainMs: env.DRAIN_SECONDS * 1_000,
    trustedProxies: env.TRUSTED_PROXIES,
    observeRequest,
    serveDelivery: (request: IncomingMessage, response: ServerResponse) =>
      serveDelivery(webProcess(), request, response),
    announceStop,
    endStreams,
    shutDown: close,
  };
}

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { cspNonce, shopDomain }: AppLoadContext,
): Promise<Response> {
  const { env } = webProcess();
  for (const [name, value] of Object.entries(securityHeaders(env, { cspNonce, shopDomain })))
    headers.set(name, value);
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Cache-Control", "no-store");
  return new Promise((resolve, reject) => {
    const whenReady = isbot(request.headers.get("User-Agent") ?? "") ? "onAllReady" : "onShellReady";
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={cspNonce}>
        <RemixServer context={remixContext} url={request.url} nonce={cspNonce} />
      </NonceContext.Provider>,
      {
        nonce: cspNonce,
        [whenReady]() {
          const body = new PassThrough();
          resolve(
            new Response(createReadableStreamFromReadable(body), {
              headers,
              status: statusOf(status, remixContext),
            }),
          );
          pipe(body);
        },
        onShellError: reject,
        onError: (error: unknown) => log.error({ error }, "a page failed to render"),
      },
    );
    setTimeout(abort, renderLimitMs).unref();
  });
}

/** A loader that met an outage of the database is no fault of ours or the request's: 503 says "try again". */
function statusOf(status: number, { staticHandlerContext }: EntryContext): number {
  return Object.values(staticHandlerContext.errors ?? {}).some(isDatabaseAway) ? 503 : status;
}

/** Resource routes (data requests, streams) do not pass through the document handler. */
export function handleDataRequest(response: Response): Response {
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/** Every unexpected error of a loader or action comes here once. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
): void {
  // A 404 and the like are answers, not failures.
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  // The address of a public link is its secret.
  const pathname = new URL(request.url).pathname.replace(/^\/d\/[^/]+/, "/d/…");
  if (isDatabaseAway(error)) {
    context.unavailable();
    log.error({ error, pathname }, "the database is away");
  } else log.error({ error, pathname }, "a request failed");
}
