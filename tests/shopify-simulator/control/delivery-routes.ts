import { Router } from "express";
import { z } from "zod";
import { parseMessage } from "../outbox/parse-message.ts";
import type { Simulator } from "../simulator.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import { ControlError } from "./control-error.ts";
import { sendJson } from "./send-json.ts";

const filterSchema = z.object({
  shop: z.string().optional(),
  topic: z.string().optional(),
  status: z.enum(["pending", "delivered", "failed", "dropped"]).optional(),
  orderId: z.string().optional(),
  limit: z.coerce.number().int().positive().default(100),
});
const idleSchema = z.object({ timeoutMs: z.number().int().positive().default(30_000) });

const summary = ({ body, faults: _faults, ...delivery }: Delivery) => ({
  ...delivery,
  bytes: Buffer.byteLength(body),
});

export function deliveryRoutes(simulator: Simulator): Router {
  const { deliveries } = simulator;
  const router = Router();
  router.get("/deliveries", (request, response) => {
    const { limit, ...filter } = filterSchema.parse(request.query);
    const matches = deliveries
      .list()
      .filter((one) =>
        Object.entries(filter).every(
          ([key, value]) => value === undefined || one[key as keyof Delivery] === value,
        ),
      );
    sendJson(response, { pending: deliveries.pending(), deliveries: matches.slice(0, limit).map(summary) });
  });
  router.get("/deliveries/:id", (request, response) => {
    const delivery = deliveries.list().find((one) => String(one.id) === request.params.id);
    if (!delivery) throw new ControlError(404, "No such delivery");
    sendJson(response, delivery);
  });
  router.post("/deliveries/:id/redeliver", (request, response) => {
    const copy = deliveries.redeliver(Number(request.params.id));
    if (!copy) throw new ControlError(404, "No such delivery");
    sendJson(response, summary(copy));
  });
  router.get("/mails", (_request, response) => {
    const mails = (simulator.outbox?.messages ?? []).map((message, index) => {
      const { subject, text, attachments } = parseMessage(message.raw);
      const names = attachments.map(({ name }) => name);
      return { index, from: message.from, to: message.to, subject, text, attachments: names };
    });
    sendJson(response, { mails });
  });
  router.post("/idle", (request, response, next) => {
    const { timeoutMs } = idleSchema.parse(request.body);
    deliveries
      .idle(timeoutMs)
      .then((idle) => sendJson(response, { idle, pending: deliveries.pending() }))
      .catch(next);
  });
  return router;
}
