import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerMetrics } from "../operations/answer-operator.server.ts";
import { webProcess } from "../web-process.server.ts";

/** For Prometheus; closed to the public by a token of its own. */
export function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { db, env } = webProcess();
  return answerMetrics(request, db, env.METRICS_TOKEN ?? null);
}
