import { createServer, type Server } from "node:http";
import type { Db } from "../db.server.ts";
import { answerAlive, answerMetrics, answerReady } from "./answer-operator.server.ts";
import type { ReadinessOptions } from "./readiness.server.ts";

/** The worker's only door: it serves no screens, but an orchestrator and Prometheus must be able to ask it. */
export function openOperationsServer(
  db: Db,
  {
    port,
    host,
    token,
    readiness,
  }: { port: number; host: string; token: string | null; readiness: () => ReadinessOptions },
): Server {
  const answer = async (path: string, request: Request) => {
    switch (path) {
      case "/healthz":
        return answerAlive();
      case "/readyz":
        return answerReady(db, readiness());
      case "/metrics":
        return answerMetrics(request, db, token);
      default:
        return new Response("Not found\n", { status: 404 });
    }
  };
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", "http://operations");
    const authorization = incoming.headers.authorization;
    const request = new Request(url, { headers: authorization ? { Authorization: authorization } : {} });
    const response = await answer(url.pathname, request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  return server.listen(port, host);
}
