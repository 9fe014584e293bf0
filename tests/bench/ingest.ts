import { setTimeout as sleep } from "node:timers/promises";
import type { Contender } from "./contenders/contender.ts";
import type { Limit } from "./contenders/limits.ts";
import { planDeliveries } from "./load/plan-deliveries.ts";
import { interleave } from "./load/rounds.ts";
import { median, type Summary, summarise } from "./load/samples.ts";
import { sendDeliveries } from "./load/send-deliveries.ts";
import { residentMb, startMeter, type Usage } from "./load/usage.ts";
import { describeRounds, rounded, type Section, whole } from "./report/section.ts";
import { contendersOf, nextSeed, type Stand } from "./stand.ts";
import { warmUp } from "./warm-up.ts";

const connections = 32;
const pollMs = 25;
const drainPatienceMs = 180_000;

export interface Ingested extends Usage {
  acceptedPerSecond: number;
  appliedPerSecond: number;
  ackMs: Summary;
  refused: number;
  cpuMsPerDelivery: number;
  memoryMb: number;
  bodyBytes: number;
}

type Name = "ours" | "peer" | "bare" | "durable";

/** Deliveries as fast as 32 connections take them, until the last one is applied; with the machine's limits beside. */
export async function measureIngest(stand: Stand): Promise<Section> {
  const count = Math.round(5_000 * stand.scale);
  const contenders = new Map(contendersOf(stand).map((one) => [one.name, one]));
  await warmUp(stand);
  for (const limit of Object.values(stand.limits)) await ingestLimit(limit, Math.ceil(count / 5));
  const names: Name[] = [...contenders.keys(), "durable", "bare"];
  const rounds = await interleave(names, stand.rounds, async (name, round) => {
    const contender = name === "ours" || name === "peer" ? contenders.get(name) : undefined;
    const result = contender
      ? await ingest(contender, [stand.shopDomain], count)
      : await ingestLimit(stand.limits[name === "bare" ? "bare" : "durable"], count);
    stand.report(
      `ingest, round ${round}, ${name}: ${whole(result.acceptedPerSecond)}/s accepted, ${whole(result.appliedPerSecond)}/s applied, ${rounded(result.cpuMsPerDelivery)} CPU ms each, steal ${rounded(result.steal)}, others ${rounded(result.others)}`,
    );
    return result;
  });
  const of = (name: Name, read: (result: Ingested) => number) =>
    median(rounds.counted.flatMap((round) => (round[name] ? [read(round[name])] : [])));
  const ratio = (to: Name, read: (result: Ingested) => number, other = read) =>
    names.includes(to) ? median(rounds.counted.map((round) => read(round.ours) / other(round[to]))) : null;
  const words: Record<Name, string> = {
    ours: "Atomic Orders",
    peer: "peer",
    durable: "durable limit",
    bare: "bare HTTP",
  };
  const row = (name: Name): string[] => [
    words[name],
    whole(of(name, ({ acceptedPerSecond }) => acceptedPerSecond)),
    ["p50", "p95", "p99"]
      .map((key) =>
        rounded(
          of(name, ({ ackMs }) => ackMs[key as keyof Summary]),
          1,
        ),
      )
      .join(" / "),
    name === "bare" ? "" : whole(of(name, ({ appliedPerSecond }) => appliedPerSecond)),
    rounded(of(name, ({ cpuMsPerDelivery }) => cpuMsPerDelivery)),
    describeCpu(
      rounds.counted.map((round) => round[name]),
      count,
    ),
    name === "ours" || name === "peer" ? whole(of(name, ({ memoryMb }) => memoryMb)) : "",
  ];
  const bodyBytes = rounds.counted[0]?.ours.bodyBytes ?? 0;
  return {
    name: "ingest",
    title: "Ingest",
    wasNoisy: rounds.wasNoisy,
    words: [
      `${whole(count)} signed deliveries a round, half of them orders, half updates that follow, ${rounded(bodyBytes / 1_024, 1)} KB on average, on ${connections} connections; applied is counted from the first sent to the last applied. The durable limit commits one row for each request before it answers and does nothing else; bare HTTP only checks the signature. CPU is that of all processes and PostgreSQL.`,
      describeRounds(rounds),
      "What a delivery costs, and what stands in the way of the goals: [decision 0020](decisions/0020-ingest-speed.md).",
      ...(stand.peerMissing ? [stand.peerMissing] : []),
    ],
    goals: [
      {
        what: "deliveries applied per second : peer",
        ...{ least: 2, goal: 3, better: "higher" as const },
        seen: ratio("peer", ({ appliedPerSecond }) => appliedPerSecond),
      },
      {
        what: "deliveries applied per second : durable limit",
        ...{ least: 0.5, goal: 0.75, better: "higher" as const },
        seen: ratio(
          "durable",
          ({ appliedPerSecond }) => appliedPerSecond,
          ({ acceptedPerSecond }) => acceptedPerSecond,
        ),
      },
      {
        what: "acknowledged per second while applying : peer",
        ...{ least: 1, goal: 1.3, better: "higher" as const },
        seen: ratio("peer", ({ acceptedPerSecond }) => acceptedPerSecond),
      },
      {
        what: "CPU per delivery, all processes and the database : peer",
        ...{ least: 0.5, goal: 0.33, better: "lower" as const },
        seen: ratio("peer", ({ cpuMsPerDelivery }) => cpuMsPerDelivery),
      },
    ],
    tables: [
      {
        head: [
          "",
          "accepted/s",
          "acknowledged ms p50 / p95 / p99",
          "applied/s",
          "CPU ms each",
          "of which",
          "MB",
        ],
        rows: names.map(row),
      },
    ],
  };
}

/** Sends a plan and waits until it is applied. */
export async function ingest(contender: Contender, shopDomains: string[], count: number): Promise<Ingested> {
  const { target, secret } = contender;
  const plan = planDeliveries({ count, seed: nextSeed(), shopDomains, target, secret });
  const countOpen = await contender.follow(plan);
  const readUsage = startMeter(contender.processes());
  const sent = await sendDeliveries(plan.deliveries, { port: Number(target.port), connections });
  await untilApplied(countOpen);
  const seconds = (performance.now() - sent.startedAt) / 1_000;
  const usage = readUsage();
  return {
    ...usage,
    acceptedPerSecond: sent.accepted / sent.seconds,
    appliedPerSecond: count / seconds,
    ackMs: summarise(sent.ackMs),
    refused: sent.refused,
    cpuMsPerDelivery: usage.totalCpuMs / count,
    memoryMb: contender.ownPids().reduce((sum, pid) => sum + residentMb(pid), 0),
    bodyBytes: plan.bodyBytes,
  };
}

/** @throws Error when something is still open after three minutes */
export async function untilApplied(countOpen: () => Promise<number>): Promise<void> {
  const deadline = performance.now() + drainPatienceMs;
  let open = await countOpen();
  while (open > 0) {
    if (performance.now() > deadline) throw new Error(`${open} deliveries were never applied`);
    await sleep(pollMs);
    open = await countOpen();
  }
}

async function ingestLimit(limit: Limit, count: number): Promise<Ingested> {
  const { target, secret } = limit;
  const plan = planDeliveries({
    count,
    seed: nextSeed(),
    shopDomains: ["limit.myshopify.com"],
    target,
    secret,
  });
  await limit.reset();
  const readUsage = startMeter(limit.processes);
  const sent = await sendDeliveries(plan.deliveries, { port: Number(target.port), connections });
  const usage = readUsage();
  const acceptedPerSecond = sent.accepted / sent.seconds;
  return {
    ...usage,
    acceptedPerSecond,
    appliedPerSecond: acceptedPerSecond,
    ackMs: summarise(sent.ackMs),
    refused: sent.refused,
    cpuMsPerDelivery: usage.totalCpuMs / count,
    memoryMb: 0,
    bodyBytes: plan.bodyBytes,
  };
}

/** Each process's part of the CPU time of a delivery. */
function describeCpu(results: Ingested[], count: number): string {
  const names = Object.keys(results[0]?.cpuMs ?? {});
  return names
    .map((name) => `${name} ${rounded(median(results.map(({ cpuMs }) => (cpuMs[name] ?? 0) / count)))}`)
    .join(", ");
}
