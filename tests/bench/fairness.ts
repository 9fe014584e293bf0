import { setTimeout as sleep } from "node:timers/promises";
import { untilApplied } from "./ingest.ts";
import { listen } from "./live.ts";
import { planDeliveries } from "./load/plan-deliveries.ts";
import { interleave } from "./load/rounds.ts";
import { median, type Summary } from "./load/samples.ts";
import { sendDeliveries } from "./load/send-deliveries.ts";
import type { Usage } from "./load/usage.ts";
import { describeRounds, rounded, type Section } from "./report/section.ts";
import { nextSeed, type Stand } from "./stand.ts";
import { warmUp } from "./warm-up.ts";

const rate = 20;

type Flood = "quiet" | "ninety" | "backlog";
const words: Record<Flood, string> = {
  quiet: "alone",
  ninety: `beside one that sends nine times as much (${rate * 9}/s)`,
  backlog: "beside one whose 5,000 deliveries come as fast as they go",
};

interface Pushed extends Usage {
  ms: Summary;
}

/** One shop's delivery to its own stream, alone and while another shop floods. */
export async function measureFairness(stand: Stand): Promise<Section> {
  await warmUp(stand);
  const [flooding = ""] = await stand.ours.addShops(1);
  const { target, secret } = stand.ours;
  const seconds = Math.max(2, 10 * stand.scale);
  const names: Flood[] = ["quiet", "ninety", "backlog"];
  const rounds = await interleave<Flood, Pushed>(names, stand.rounds, async (name, round) => {
    const count = name === "backlog" ? Math.round(5_000 * stand.scale) : Math.round(rate * 9 * seconds);
    const plan = planDeliveries({ count, seed: nextSeed(), shopDomains: [flooding], target, secret });
    const listening = { shopDomain: stand.shopDomain, rate, count: Math.round(rate * seconds), screens: 1 };
    const flood =
      name === "quiet"
        ? Promise.resolve()
        : sleep(500).then(() =>
            sendDeliveries(plan.deliveries, {
              port: Number(target.port),
              connections: 32,
              rate: name === "ninety" ? rate * 9 : undefined,
            }),
          );
    const [heard] = await Promise.all([listen(stand.ours, listening), flood]);
    const [left] = await stand.cluster.sql<{ open: number }[]>`
      select count(*)::int as open from webhook_events where status = 'received'`;
    if (left?.open) await untilApplied(async () => countOpenRows(stand));
    stand.report(`fairness, round ${round}, ${name}: p95 ${rounded(heard.ms.p95, 1)} ms`);
    return heard;
  });
  const of = (name: Flood, key: keyof Summary) => median(rounds.counted.map((round) => round[name].ms[key]));
  return {
    name: "fairness",
    title: "Fairness between shops",
    wasNoisy: rounds.wasNoisy,
    words: [
      `A shop with ${rate} deliveries a second and one stream, in milliseconds from delivery to event.`,
      describeRounds(rounds),
    ],
    goals: [
      {
        what: "one shop floods (90 % of load): another shop's push p95 : its quiet p95",
        ...{ least: 5, goal: 2, better: "lower" },
        seen: median(rounds.counted.map((round) => round.ninety.ms.p95 / round.quiet.ms.p95)),
      },
    ],
    tables: [
      {
        head: ["", "p50", "p95", "p99"],
        rows: names.map((name) => [
          words[name],
          ...(["p50", "p95", "p99"] as const).map((key) => rounded(of(name, key), 1)),
        ]),
      },
    ],
  };
}

async function countOpenRows({ cluster }: Stand): Promise<number> {
  const [row] = await cluster.sql<{ open: number }[]>`
    select count(*)::int as open from webhook_events where status = 'received'`;
  return row?.open ?? 0;
}
