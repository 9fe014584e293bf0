import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Random } from "../shopify-simulator/random.ts";
import type { History } from "./history.ts";
import type { Ledger } from "./ledger.ts";
import type { ChaosShop } from "./world.ts";

const listSchema = z.object({ page: z.object({ rows: z.array(z.object({ id: z.string() })) }) });
const editableSchema = z.object({
  order: z.object({
    version: z.number(),
    status: z.string(),
    trackingCompany: z.string().nullable(),
    trackingNumber: z.string().nullable(),
  }),
});
const savedSchema = z.object({ saved: z.object({ version: z.number() }) });

const pauseMs = 400;

interface MerchantParts {
  ledger: Ledger;
  history: History;
  random: Random;
  shops: ChaosShop[];
  url: () => string;
  token: (shop: ChaosShop) => string;
}

/** Merchants who open an order of the list's first page, write a note and save. What was answered with 200 must stay. */
export class Merchants {
  #running = false;
  #run: Promise<void> = Promise.resolve();
  #number = 0;
  readonly #parts: MerchantParts;

  constructor(parts: MerchantParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = true;
    this.#run = this.#work();
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#run;
  }

  async #work(): Promise<void> {
    while (this.#running) {
      await this.#editOne(this.#parts.random.pick(this.#parts.shops)).catch((error) =>
        this.#parts.history.note("an edit came to nothing", { reason: String(error) }),
      );
      await sleep(pauseMs);
    }
  }

  async #editOne(shop: ChaosShop): Promise<void> {
    const list = listSchema.parse(await this.#ask(shop, "/app/orders", "routes/app.orders"));
    if (list.page.rows.length === 0) return;
    const { id } = this.#parts.random.pick(list.page.rows);
    const [path, route] = [`/app/orders/${id}/edit`, "routes/app.orders.$orderId.edit"];
    const { order } = editableSchema.parse(await this.#ask(shop, path, route));
    this.#number += 1;
    const note = `looked at, number ${this.#number}`;
    const form = new URLSearchParams({
      version: String(order.version),
      status: order.status,
      trackingCompany: order.trackingCompany ?? "",
      trackingNumber: order.trackingNumber ?? "",
      note,
      answer: "data",
    });
    const { saved } = savedSchema.parse(await this.#ask(shop, path, route, form));
    this.#parts.ledger.edits.push({ shop, orderId: id, version: saved.version, note });
  }

  async #ask(shop: ChaosShop, path: string, route: string, form?: URLSearchParams): Promise<unknown> {
    const { url, token, history } = this.#parts;
    const answer = await fetch(`${url()}${path}?_data=${encodeURIComponent(route)}`, {
      headers: { Authorization: `Bearer ${token(shop)}` },
      signal: AbortSignal.timeout(15_000),
      ...(form ? { method: "POST", body: form } : {}),
    });
    const text = await answer.text();
    if (answer.status >= 500 && ![502, 503].includes(answer.status))
      history.find(`${form ? "a save" : path} was answered with ${answer.status}`, { text });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return JSON.parse(text);
  }
}
