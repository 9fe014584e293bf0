import { createHash, timingSafeEqual } from "node:crypto";
import type { Db } from "../db.server.ts";
import { collectMetrics } from "./collect-metrics.server.ts";
import { findObstacles, type ReadinessOptions } from "./readiness.server.ts";

const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };

/** Alive: the process answers. It asks nothing of the database, whose outage a restart would not cure. */
export const answerAlive = () => new Response("ok\n", { headers });

/** Ready: 200, or 503 with a sentence a line for each thing that is in the way. */
export async function answerReady(db: Db, options: ReadinessOptions): Promise<Response> {
  const obstacles = await findObstacles(db, options);
  if (obstacles.length === 0) return new Response("ready\n", { headers });
  return new Response(`${obstacles.join("\n")}\n`, {
    status: 503,
    headers: { ...headers, "Retry-After": "5" },
  });
}

/**
 * The metrics, for whoever has the token.
 * @param token null where no token is set up: then there is nothing here for anybody
 */
export async function answerMetrics(request: Request, db: Db, token: string | null): Promise<Response> {
  if (token === null) return new Response("Not found\n", { status: 404, headers });
  if (!isToken(request.headers.get("Authorization"), token))
    return new Response("Metrics need the token of METRICS_TOKEN.\n", {
      status: 401,
      headers: { ...headers, "WWW-Authenticate": 'Bearer realm="metrics"' },
    });
  const { contentType, text } = await collectMetrics(db);
  return new Response(text, { headers: { ...headers, "Content-Type": contentType } });
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Compared by digest, so that the time it takes says nothing about the token. */
const isToken = (authorization: string | null, token: string) =>
  timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${token}`));
