import type { NextFunction, Request, Response } from "express";
import { ZodError } from "zod";

/** A refusal the caller can do something about. */
export class ControlError extends Error {
  status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Turns refusals, and actions that an order's state forbids, into answers; anything else is a defect of ours. */
export function answerControlError(
  error: unknown,
  _request: Request,
  response: Response,
  _next: NextFunction,
): void {
  if (error instanceof ControlError) response.status(error.status).json({ error: error.message });
  else if (error instanceof ZodError)
    response
      .status(400)
      .json({ error: error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ") });
  else if (error instanceof RangeError) response.status(409).json({ error: error.message });
  else {
    console.error(error);
    response.status(500).json({ error: String(error) });
  }
}
