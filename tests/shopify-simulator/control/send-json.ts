import type { Response } from "express";
import { stringifyLosslessJson } from "../lossless-json.ts";

/** Express's own `json` would turn ids beyond 2^53 into errors. */
export function sendJson(response: Response, body: unknown): void {
  response.type("application/json").send(stringifyLosslessJson(body));
}
