import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type SeededRandom, seededRandom } from "../../../drizzle/seeds/seeded-random.ts";
import { fillOrders } from "../../exports/fill-orders.ts";
import { garbageAddress } from "../../support/garbage-address.ts";
import { type FormIds, fields, formPath, garbageForm } from "../../support/garbage-form.ts";
import { postWebhook } from "../../support/post-webhook.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";

const rounds = 250;
const lanes = 3;

/** Longer than this is a hang. */
const answerLimitMs = 20_000;

/** Bodies, headers, addresses and forms of noise, from strangers and from people who are signed in. */
export const garbage: Fault = {
  name: "garbage",
  title: "fuzzed bodies, headers, addresses and forms",
  async run(world) {
    const { db, strangeShop, options, scaled, history } = world;
    const [order = ""] = await fillOrders(db, strangeShop.shopId, 20, 500_001);
    const other = () => crypto.randomUUID();
    const ids = { order, document: other(), customer: other(), bulk: other(), view: other() };
    const counts = { addresses: 0, forms: 0, deliveries: 0, headers: 0, bytes: 0 };
    const tries: ((random: SeededRandom, seed: number) => Promise<void>)[] = [
      (_, seed) => askAddress(world, garbageAddress(seed, order), counts),
      (random) => postForm(world, random, ids, counts),
      (random) => postDelivery(world, random, counts),
      (random, seed) => askWithHeaders(world, random, seed, counts),
      (random) => sendBytes(world, random, counts),
    ];
    let next = 0;
    const lane = async () => {
      for (let round = next++; round < scaled(rounds, 40); round = next++) {
        const seed = options.seed * 1_000 + round;
        for (const one of tries) await one(seededRandom(23, seed), seed);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    history.note("garbage", counts);
    return Object.entries(counts)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(", ");
  },
};

type Counts = Record<"addresses" | "forms" | "deliveries" | "headers" | "bytes", number>;

/** Asks, and finds what is a fault of the server or no answer at all. */
async function ask({ fleet, history }: World, what: string, path: string, init: RequestInit): Promise<void> {
  try {
    const signal = AbortSignal.timeout(answerLimitMs);
    const answer = await fetch(fleet.url + path, { redirect: "manual", signal, ...init });
    const text = await answer.text();
    if (answer.status >= 500)
      history.find(`${what} was answered with ${answer.status}`, { path, text: text.slice(0, 300) });
  } catch (error) {
    history.find(`${what} was not answered: ${error}`, { path });
  }
}

const signedIn = ({ token, strangeShop }: World) => ({
  Accept: "text/html",
  Authorization: `Bearer ${token(strangeShop)}`,
});

async function askAddress(world: World, address: string, counts: Counts): Promise<void> {
  counts.addresses += 1;
  await ask(world, "an address of garbage", address, { headers: signedIn(world) });
}

async function postForm(world: World, random: SeededRandom, ids: FormIds, counts: Counts): Promise<void> {
  counts.forms += 1;
  const route = random.pick(Object.keys(fields));
  const path = `${formPath(route, ids)}?_data=${encodeURIComponent(`routes/${route}`)}`;
  const body = garbageForm(random, route, ids);
  await ask(world, `a form of garbage to ${route}`, path, { method: "POST", headers: signedIn(world), body });
}

/** Signed, so that it gets past the door: noise, cut off JSON, wrong types, and headers that say anything. */
async function postDelivery(world: World, random: SeededRandom, counts: Counts): Promise<void> {
  counts.deliveries += 1;
  const noise = Buffer.from(Array.from({ length: random.integer(0, 300) }, () => random.integer(0, 255)));
  const bodies = [
    noise,
    "{",
    "[]",
    "null",
    '{"id":"\\u0000"}',
    '{"id":1e400}',
    "[".repeat(5_000),
    '{"id":-1}',
  ];
  const headers = Object.fromEntries(
    ["X-Shopify-Topic", "X-Shopify-Triggered-At", "X-Shopify-Webhook-Id", "X-Shopify-Event-Id"].flatMap(
      (name) =>
        random.chance(0.4)
          ? [[name, random.pick([null, "", "a".repeat(3_000), "orders/updated", "\u00ff", "-1"])]]
          : [],
    ),
  );
  const { fleet, strangeShop, history } = world;
  const body = random.pick(bodies);
  try {
    const { status } = await postWebhook({
      appUrl: fleet.url,
      secret: fleet.app.secrets.apiSecret,
      shopDomain: strangeShop.domain,
      body,
      headers,
    });
    if (status >= 500)
      history.find(`a delivery of garbage was answered with ${status}`, { body: String(body), headers });
  } catch (error) {
    history.find(`a delivery of garbage was not answered: ${error}`, { body: String(body), headers });
  }
}

async function askWithHeaders(
  world: World,
  random: SeededRandom,
  seed: number,
  counts: Counts,
): Promise<void> {
  counts.headers += 1;
  const values = [
    "",
    "a".repeat(4_000),
    "\u00ff\u00fe",
    "Bearer ",
    "Bearer a.b.c",
    "0",
    "multipart/form-data",
    "*/*;q=x",
  ];
  const names = ["Authorization", "Accept", "Cookie", "Content-Type", "X-Request-Id", "traceparent", "Range"];
  const headers = Object.fromEntries(
    names.filter(() => random.chance(0.5)).map((name) => [name, random.pick(values)]),
  );
  const path = random.pick([
    "/app/orders",
    "/app",
    "/app/live",
    "/",
    "/d/x",
    "/metrics",
    garbageAddress(seed, "x"),
  ]);
  await ask(world, "a request with headers of garbage", path, { headers });
}

/** No HTTP at all, or half of it, on a connection of its own: it must be closed, and nobody else must notice. */
async function sendBytes({ fleet, history }: World, random: SeededRandom, counts: Counts): Promise<void> {
  counts.bytes += 1;
  const { hostname, port } = new URL(random.pick(fleet.webs).url);
  const bytes = random.pick([
    "GET / HTTP/9.9\r\n\r\n",
    "POST /webhooks/shopify HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST /webhooks/shopify HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    "GET /%ff%00 HTTP/1.1\r\nHost: \0\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00",
  ]);
  const socket = connect({ host: hostname, port: Number(port) });
  let answer = "";
  socket.on("data", (data) => (answer += data));
  const closed = new Promise<boolean>((resolve) => {
    socket.once("close", () => resolve(true)).once("error", () => resolve(true));
  });
  socket.end(bytes);
  const isClosed = await Promise.race([closed, sleep(answerLimitMs, false, { ref: false })]);
  socket.destroy();
  if (!isClosed || /^HTTP\/1\.\d 50[0-24-9]/.test(answer))
    history.find("bytes that are no request were not turned away", {
      bytes: bytes.slice(0, 100),
      answer,
      isClosed,
    });
}
