import { setTimeout as sleep } from "node:timers/promises";
import type { Request, Response } from "express";
import express, { Router } from "express";
import { z } from "zod";
import { simulatedHost } from "../simulated-host.ts";
import type { Simulator } from "../simulator.ts";
import { createLeakyBuckets } from "./leaky-bucket.ts";
import { runOperation } from "./run-operation.ts";

const bodySchema = z.object({
  query: z.string(),
  variables: z.record(z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

export function graphqlRoute(simulator: Simulator): Router {
  const buckets = createLeakyBuckets(() => simulator.knobs.graphql);

  async function answer(request: Request, response: Response) {
    const knobs = simulator.knobs.graphql;
    if (knobs.delayMs > 0) await sleep(knobs.delayMs);
    const domain = simulatedHost(request);
    const token = simulator.tokens.find(request.get("x-shopify-access-token") ?? "");
    if (!domain || !token || token.shop !== domain) {
      const message = "[API] Invalid API key or access token (unrecognized login or wrong password)";
      response.status(401).json({ errors: message });
      return;
    }
    if (knobs.nextTooManyRequests > 0) {
      knobs.nextTooManyRequests -= 1;
      response.status(429).set("Retry-After", "2.0").json({ errors: "Too many requests" });
      return;
    }
    if (knobs.nextServerError > 0) {
      knobs.nextServerError -= 1;
      response.status(500).json({ errors: "Internal server error" });
      return;
    }
    const body = bodySchema.safeParse(request.body);
    if (!body.success) {
      response.status(400).json({ errors: { query: "Required parameter missing or invalid" } });
      return;
    }
    response.json(await runOperation(simulator, buckets, simulator.requireShop(domain), body.data));
  }

  const router = Router();
  router.post(
    "/admin/api/:version/graphql.json",
    express.json({ limit: "4mb" }),
    (request, response, next) => {
      answer(request, response).catch(next);
    },
  );
  return router;
}
