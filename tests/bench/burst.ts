import type { Contender, ContenderName } from "./contenders/contender.ts";
import { untilApplied } from "./ingest.ts";
import { planDeliveries } from "./load/plan-deliveries.ts";
import { interleave } from "./load/rounds.ts";
import { median } from "./load/samples.ts";
import { sendDeliveries } from "./load/send-deliveries.ts";
import { startMeter, type Usage } from "./load/usage.ts";
import { describeRounds, rounded, type Section, whole } from "./report/section.ts";
import { contendersOf, nextSeed, type Stand } from "./stand.ts";
import { warmUp } from "./warm-up.ts";

const connections = 500;

interface Burst extends Usage {
  acceptedPerSecond: number;
  slowestMs: number;
  refused: number;
}

/** A flash sale: five hundred connections at once, four deliveries on each. */
export async function measureBurst(stand: Stand): Promise<Section> {
  const count = Math.round(2_000 * stand.scale);
  await warmUp(stand);
  const contenders = new Map(contendersOf(stand).map((one) => [one.name, one]));
  const rounds = await interleave([...contenders.keys()], stand.rounds, async (name, round) => {
    const contender = contenders.get(name);
    if (!contender) throw new Error(`${name} does not run`);
    const result = await burst(contender, stand.shopDomain, count);
    stand.report(
      `burst, round ${round}, ${name}: slowest ${whole(result.slowestMs)} ms, ${result.refused} refused`,
    );
    return result;
  });
  const of = (name: ContenderName, read: (result: Burst) => number) =>
    median(rounds.counted.map((round) => read(round[name])));
  const refused = rounds.counted.reduce((sum, round) => sum + round.ours.refused, 0);
  return {
    name: "burst",
    title: "Burst",
    wasNoisy: rounds.wasNoisy,
    words: [
      `${whole(count)} deliveries on ${connections} connections that open at once.`,
      describeRounds(rounds),
      ...(stand.peerMissing ? [stand.peerMissing] : []),
    ],
    goals: [
      {
        what: "burst on 500 connections: slowest acknowledgement",
        ...{ least: 2.5, goal: 1, better: "lower", unit: " s" },
        seen: of("ours", ({ slowestMs }) => slowestMs) / 1_000,
      },
      { what: "burst: not 2xx", least: 0, goal: 0, better: "lower", seen: refused },
    ],
    tables: [
      {
        head: ["", "acknowledged/s", "slowest, ms", "not 2xx"],
        rows: [...contenders.keys()].map((name) => [
          name === "ours" ? "Atomic Orders" : name,
          whole(of(name, ({ acceptedPerSecond }) => acceptedPerSecond)),
          rounded(
            of(name, ({ slowestMs }) => slowestMs),
            0,
          ),
          whole(rounds.counted.reduce((sum, round) => sum + round[name].refused, 0)),
        ]),
      },
    ],
  };
}

async function burst(contender: Contender, shopDomain: string, count: number): Promise<Burst> {
  const { target, secret } = contender;
  const plan = planDeliveries({ count, seed: nextSeed(), shopDomains: [shopDomain], target, secret });
  const countOpen = await contender.follow(plan);
  const readUsage = startMeter(contender.processes());
  const sent = await sendDeliveries(plan.deliveries, { port: Number(target.port), connections });
  const usage = readUsage();
  if (sent.refused === 0) await untilApplied(countOpen);
  return {
    ...usage,
    acceptedPerSecond: sent.accepted / sent.seconds,
    slowestMs: Math.max(...sent.ackMs),
    refused: sent.refused,
  };
}
