import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../shopify-simulator/random.ts";
import { postWebhook } from "../support/post-webhook.ts";
import type { History } from "./history.ts";
import type { Ledger, Message } from "./ledger.ts";
import type { ChaosShop } from "./world.ts";

/** Deliveries that wait to be sent, so that one is drawn from among them: they arrive in another order. */
const shuffledAmong = 12;
const lanes = 6;
const resendChance = 0.2;
const retryMs = 250;

interface SenderParts {
  ledger: Ledger;
  history: History;
  random: Random;
  shops: ChaosShop[];
  url: () => string;
  secret: string;
  perSecond: number;
}

/**
 * Plays Shopify: signed deliveries of several shops, shuffled, some sent again after they were acknowledged, each
 * tried until it is answered with 200.
 */
export class Sender {
  /** How often each status was answered since the counts were last taken; 0 stands for no answer. */
  #answers = new Map<number, number>();
  #waiting: Message[] = [];
  #running = false;
  #lanes: Promise<void>[] = [];
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = true;
    this.#lanes = Array.from({ length: lanes }, () => this.#run());
  }

  /** Ends the load and sends what waits until all of it is acknowledged. */
  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#lanes);
    await this.deliverAll(this.#waiting.splice(0));
  }

  /** Sends these, several at a time, each until it is acknowledged. */
  async deliverAll(messages: Message[], url = this.#parts.url, atOnce = lanes): Promise<void> {
    const rest = [...messages];
    const lane = async () => {
      for (let message = rest.pop(); message; message = rest.pop()) await this.#deliver(message, url);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  /** One try. @returns the status, 0 when there was no answer */
  async send(message: Message, url: string): Promise<number> {
    const { shop, topic, webhookId, body, triggeredAt } = message;
    const headers: Record<string, string> = triggeredAt ? { "X-Shopify-Triggered-At": triggeredAt } : {};
    const status = await postWebhook({
      appUrl: url,
      secret: this.#parts.secret,
      shopDomain: shop.domain,
      topic,
      webhookId,
      body,
      headers,
    }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) message.acknowledged += 1;
    this.#answers.set(status, (this.#answers.get(status) ?? 0) + 1);
    if (![0, 200, 502, 503].includes(status))
      this.#parts.history.find(`a sound delivery was answered with ${status}`, { webhookId });
    return status;
  }

  /** Leaves a message to the load, or to its end. */
  later(message: Message): void {
    if (message.acknowledged === 0) this.#waiting.push(message);
  }

  takeAnswers(): Record<string, number> {
    const taken = Object.fromEntries([...this.#answers].map(([status, count]) => [status || "none", count]));
    this.#answers = new Map();
    return taken;
  }

  async #deliver(message: Message, url: () => string): Promise<void> {
    while ((await this.send(message, url())) !== 200) await sleep(retryMs);
  }

  async #run(): Promise<void> {
    const { random, shops, ledger, url, perSecond } = this.#parts;
    while (this.#running) {
      while (this.#waiting.length < shuffledAmong) this.#waiting.push(ledger.nextMessage(random.pick(shops)));
      const index = random.integer(0, this.#waiting.length - 1);
      const [message] = this.#waiting.splice(index, 1);
      if (!message) continue;
      if ((await this.send(message, url())) !== 200) {
        this.#waiting.push(message);
        await sleep(retryMs);
      } else if (random.chance(resendChance)) await this.send(message, url());
      await sleep((lanes * 1_000) / perSecond);
    }
  }
}
