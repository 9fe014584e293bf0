import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "../log.server.ts";
import { withLogContext } from "../log-context.server.ts";
import { httpDuration } from "../metrics.server.ts";
import { currentTraceId, inSpan, SpanKind } from "../trace.server.ts";

/** An answer that took longer than this is worth a line even where requests are not logged. */
const slowMs = 2_000;

/** What a proxy may hand us as the request's id; anything else gets one of ours. */
const acceptedId = /^[\w.-]{8,64}$/;

/**
 * Follows one request from its first byte to the last of its answer: its id on every log line and on the answer,
 * its duration among the metrics, its span in the trace.
 * @param route the pattern that answers it (`/app/orders/:orderId`), never the address itself, which names orders
 */
export function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  route: string,
  next: () => void,
): void {
  const given = request.headers["x-request-id"];
  const requestId = typeof given === "string" && acceptedId.test(given) ? given : randomUUID();
  const { traceparent } = request.headers;
  const method = request.method ?? "GET";
  const startedAt = performance.now();
  response.setHeader("X-Request-Id", requestId);
  void inSpan(
    `${method} ${route}`,
    {
      kind: SpanKind.SERVER,
      traceparent: typeof traceparent === "string" ? traceparent : null,
      attributes: { "http.request.method": method, "http.route": route, "request.id": requestId },
    },
    (span) =>
      withLogContext({ requestId, traceId: currentTraceId() }, async () => {
        const closed = new Promise<void>((resolve) => response.once("close", resolve));
        next();
        await closed;
        const ms = performance.now() - startedAt;
        const status = response.statusCode;
        span.setAttribute("http.response.status_code", status);
        if (isStream(response)) return;
        httpDuration.observe({ route, method, status }, ms / 1_000);
        const line = { method, route, status, ms: Math.round(ms) };
        if (status >= 500 || ms > slowMs) log.warn(line, "a request was answered slowly or not at all");
        else log.debug(line, "a request was answered");
      }),
  );
}

const isStream = (response: ServerResponse) =>
  String(response.getHeader("content-type") ?? "").startsWith("text/event-stream");
