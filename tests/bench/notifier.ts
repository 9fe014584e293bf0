import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { createDb } from "../../app/db.server.ts";
import { flushHints, liveChannel, notifyShop } from "../../app/live/notify-shop.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { hasProgram } from "./contenders/comparison.ts";
import { interleave } from "./load/rounds.ts";
import { median } from "./load/samples.ts";
import { startMeter, type Usage } from "./load/usage.ts";
import { describeRounds, type Section, whole } from "./report/section.ts";
import type { Stand } from "./stand.ts";

const run = promisify(execFile);
const clients = 32;

/** Every few milliseconds a change, so that hints leave as often as they ever do: once in 10 ms. */
const changeEveryMs = 2;

interface Written extends Usage {
  commitsPerSecond: number;
}

/** Other writers on the same server, with and without our notifier at its full rate and a process that listens. */
export async function measureNotifier(stand: Stand): Promise<Section> {
  const { cluster } = stand;
  const pgbench = cluster.programs ? join(cluster.programs, "pgbench") : "pgbench";
  const common = { name: "notifier", title: "Other writers beside our notifier" };
  const goal = {
    what: "other writers' commits beside our notifier : without it",
    ...{ least: 0.9, goal: 0.97, better: "higher" as const },
  };
  if (!cluster.programs && !hasProgram("pgbench"))
    return {
      ...common,
      words: ["There is no pgbench."],
      goals: [{ ...goal, seen: null }],
      tables: [],
      wasNoisy: false,
    };
  const seconds = Math.max(2, Math.round(10 * stand.scale));
  await cluster.sql`create table if not exists bench_commits (id bigint generated always as identity, note text)`;
  const folder = mkdtempSync(join(tmpdir(), "atomic-orders-pgbench-"));
  const script = join(folder, "insert.sql");
  writeFileSync(
    script,
    "insert into bench_commits (note) values ('sixty bytes that somebody else has written meanwhile');\n",
  );
  const address = addressOf(cluster.sql);
  const write = async (): Promise<Written> => {
    await cluster.sql`truncate bench_commits`;
    // pgbench, the server and our processes are all children of this one.
    const readUsage = startMeter([{ name: "all of ours", pid: process.pid }]);
    const { stdout } = await run(pgbench, [
      ...[
        "-n",
        "-f",
        script,
        "-c",
        String(clients),
        "-j",
        "2",
        "-M",
        "prepared",
        "-T",
        String(seconds),
        address,
      ],
    ]);
    return { ...readUsage(), commitsPerSecond: Number(/tps = ([\d.]+)/.exec(stdout)?.[1]) };
  };
  try {
    const rounds = await interleave(["without", "beside"], stand.rounds, async (name, round) => {
      const result = name === "beside" ? await besideNotifier(cluster.url, write) : await write();
      stand.report(`notifier, round ${round}, ${name}: ${whole(result.commitsPerSecond)} commits/s`);
      return result;
    });
    const of = (name: "without" | "beside") =>
      median(rounds.counted.map((round) => round[name].commitsPerSecond));
    return {
      ...common,
      wasNoisy: rounds.wasNoisy,
      words: [
        `pgbench, ${clients} clients, one small row and commit each, ${seconds} s a round; beside it a process that hears of a change every ${changeEveryMs} ms and tells one listener, as a worker under load does.`,
        describeRounds(rounds),
      ],
      goals: [
        {
          ...goal,
          seen: median(
            rounds.counted.map((round) => round.beside.commitsPerSecond / round.without.commitsPerSecond),
          ),
        },
      ],
      tables: [
        {
          head: ["", "commits/s"],
          rows: [
            ["without", whole(of("without"))],
            ["beside our notifier", whole(of("beside"))],
          ],
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await cluster.sql`drop table bench_commits`;
  }
}

async function besideNotifier(url: string, write: () => Promise<Written>): Promise<Written> {
  const db = createDb(url, { max: 1, name: "bench notifier" });
  const listener = postgres(url, { max: 1, onnotice: () => {} });
  await listener.listen(liveChannel, () => {});
  let change = 0;
  const timer = setInterval(() => {
    change += 1;
    notifyShop(db, { shopId: nobody, change, orders: [{ id: nobody, version: change }] });
  }, changeEveryMs);
  try {
    return await write();
  } finally {
    clearInterval(timer);
    await flushHints(db);
    await listener.end({ timeout: 5 });
    await db.close();
  }
}

/** A shop with no open screen. */
const nobody = "00000000-0000-4000-8000-000000000000" as ShopId;

function addressOf({ options }: postgres.Sql): string {
  const { host, port, user, pass, database } = options;
  const password = typeof pass === "string" && pass !== "" ? `:${pass}` : "";
  return `postgres://${user}${password}@${host[0]}:${port[0]}/${database}`;
}
