import { setTimeout as sleep } from "node:timers/promises";
import type { Contender, ContenderName } from "./contenders/contender.ts";
import { untilApplied } from "./ingest.ts";
import { planDeliveries } from "./load/plan-deliveries.ts";
import { interleave } from "./load/rounds.ts";
import { median, type Summary, summarise } from "./load/samples.ts";
import { sendDeliveries } from "./load/send-deliveries.ts";
import { startMeter, type Usage } from "./load/usage.ts";
import { describeRounds, type Goal, rounded, type Section } from "./report/section.ts";
import { contendersOf, nextSeed, type Stand } from "./stand.ts";
import { warmUp } from "./warm-up.ts";

/** Long enough for a change to reach a stream that has fallen behind. */
const patienceMs = 10_000;

export interface Heard extends Usage {
  /** Milliseconds from sending to the event on an open stream. */
  ms: Summary;
  /** Orders whose event never came, because a burst became "read again". */
  unheard: number;
}

export interface Listening {
  shopDomain: string;
  /** Deliveries a second, each of another order. */
  rate: number;
  count: number;
  screens: number;
}

const cases = [
  { name: "idle (1/s), 1 stream", rate: 1, count: 8, screens: 1 },
  { name: "20/s, 1 stream", rate: 20, count: 120, screens: 1 },
  { name: "100/s, 100 streams", rate: 100, count: 500, screens: 100 },
  { name: "200/s, 100 streams", rate: 200, count: 1_000, screens: 100 },
  { name: "200/s, 500 streams", rate: 200, count: 1_000, screens: 500 },
];

/** From the delivery to the event on an open stream. */
export async function measureLive(stand: Stand): Promise<Section> {
  await warmUp(stand);
  const contenders = new Map(contendersOf(stand).map((one) => [one.name, one]));
  const rows: string[][] = [];
  const words: string[] = [];
  const goals: Goal[] = [];
  const wasNoisy: boolean[] = [];
  for (const { name: label, count, ...one } of cases) {
    const scaled = Math.max(5, Math.round(count * stand.scale));
    const rounds = await interleave([...contenders.keys()], stand.rounds, async (name, round) => {
      const contender = contenders.get(name);
      if (!contender) throw new Error(`${name} does not run`);
      const result = await listen(contender, { ...one, count: scaled, shopDomain: stand.shopDomain });
      stand.report(
        `live ${label}, round ${round}, ${name}: p50 ${rounded(result.ms.p50, 1)} p95 ${rounded(result.ms.p95, 1)} ms, ${result.unheard} unheard`,
      );
      return result;
    });
    const of = (name: ContenderName, read: (result: Heard) => number) =>
      median(rounds.counted.map((round) => read(round[name])));
    const ratio = (key: keyof Summary) =>
      stand.peer ? median(rounds.counted.map((round) => round.ours.ms[key] / round.peer.ms[key])) : null;
    for (const name of contenders.keys()) {
      const times = (["p50", "p95", "p99"] as const).map((key) =>
        rounded(
          of(name, ({ ms }) => ms[key]),
          1,
        ),
      );
      rows.push([
        label,
        name === "ours" ? "Atomic Orders" : name,
        ...times,
        String(of(name, ({ unheard }) => unheard)),
      ]);
    }
    words.push(`${label}: ${describeRounds(rounds)}`);
    wasNoisy.push(rounds.wasNoisy);
    if (one.rate === 20)
      goals.push({
        what: "delivery → event on an open stream, 20/s, p50 : peer",
        ...{ least: 2, goal: 1.25, better: "lower" },
        seen: ratio("p50"),
      });
    if (one.rate === 200 && one.screens === 100)
      goals.push({
        what: "the same at 200/s with 100 streams, p95 : peer",
        ...{ least: 0.5, goal: 0.2, better: "lower" },
        seen: ratio("p95"),
      });
  }
  return {
    name: "live",
    title: "Live updates",
    wasNoisy: wasNoisy.includes(true),
    words: [
      "Milliseconds from sending a delivery, each of another order of one shop, to its event on an open stream of that shop. One stream is timed, all are read. Ours gathers hints for 10 ms in the worker and passes changes of a shop on at most every 0.05 ms for each of its streams ([decision 0007](decisions/0007-live-updates.md)), which is what it loses to a stack that tells each change by itself as long as there are few streams; an event that never came was covered by a message that says to read again.",
      words.join(" "),
      ...(stand.peerMissing ? [stand.peerMissing] : []),
    ],
    goals,
    tables: [{ head: ["", "", "p50", "p95", "p99", "never came"], rows }],
  };
}

/** Opens screens, sends deliveries at a rate and tells when each one's event came. */
export async function listen(contender: Contender, listening: Listening): Promise<Heard> {
  const { rate, count, screens, shopDomain } = listening;
  const { target, secret } = contender;
  const seed = nextSeed();
  const plan = planDeliveries({ count, updates: 0, seed, shopDomains: [shopDomain], target, secret });
  const heardAt = new Map<string, number>();
  const sentAt = new Map<string, number>();
  const opened = await contender.openScreens(screens, shopDomain, (ids) => {
    const now = performance.now();
    for (const id of ids) if (!heardAt.has(id)) heardAt.set(id, now);
  });
  try {
    await sleep(500);
    const countOpen = await contender.follow(plan);
    const readUsage = startMeter(contender.processes());
    await sendDeliveries(plan.deliveries, {
      port: Number(target.port),
      connections: 32,
      rate,
      onSend: ({ shopifyOrderId }) => sentAt.set(shopifyOrderId, performance.now()),
    });
    const usage = readUsage();
    await untilApplied(countOpen);
    const deadline = performance.now() + patienceMs;
    // What was folded into "read again" never comes; a second of silence is enough to know.
    for (let before = -1; heardAt.size < count && performance.now() < deadline; ) {
      if (heardAt.size === before) break;
      before = heardAt.size;
      await sleep(1_000);
    }
    const shopifyIds = await opened.shopifyIds();
    const ms = [...heardAt].flatMap(([id, at]) => {
      const sent = sentAt.get(shopifyIds.get(id) ?? "");
      return sent === undefined ? [] : [at - sent];
    });
    return { ...usage, ms: summarise(ms), unheard: count - ms.length };
  } finally {
    opened.close();
  }
}
