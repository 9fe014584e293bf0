import type { NextFunction, Request, Response } from "express";
import express, { Router } from "express";
import { parseLosslessJson } from "../lossless-json.ts";
import type { Simulator } from "../simulator.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { knobRoutes } from "./knob-routes.ts";
import { orderRoutes } from "./order-routes.ts";
import { shopRoutes } from "./shop-routes.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Bodies with ids beyond 2^53 on both sides: express.json and response.json would change them. */
function readLosslessBody(request: Request, response: Response, next: NextFunction) {
  if (request.method === "GET") {
    next();
    return;
  }
  const text: unknown = request.body;
  try {
    request.body = typeof text === "string" && text !== "" ? parseLosslessJson(text) : {};
    next();
  } catch {
    response.status(400).json({ error: "The body is not JSON" });
  }
}

/**
 * The simulator's own controls. They can empty shops and sign tokens, so only this machine may call them; asking for
 * a JSON body keeps a web page of another origin from doing so through the browser.
 */
export function controlRouter(simulator: Simulator): Router {
  const router = Router();
  router.use((request, response, next) => {
    if (!LOOPBACK.has(request.socket.remoteAddress ?? "")) {
      response.status(403).json({ error: "The control API answers to this machine only" });
    } else if (request.method !== "GET" && !request.is("application/json")) {
      response.status(415).json({ error: "Send application/json" });
    } else {
      next();
    }
  });
  router.use(express.text({ type: "application/json", limit: "8mb" }), readLosslessBody);
  router.use(shopRoutes(simulator), orderRoutes(simulator), knobRoutes(simulator), deliveryRoutes(simulator));
  router.use((_request, response) => {
    response.status(404).json({ error: "No such control" });
  });
  return router;
}
