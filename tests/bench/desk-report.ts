import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import type { ReadPlan } from "../support/recorded-statements.ts";
import type { Scenario } from "./desk-scenarios.ts";
import type { Times } from "./measure.ts";

export interface Result {
  scenario: Pick<Scenario, "name"> & { group: string };
  /** The page as HTML, over HTTP. */
  page: Times;
  /** What a browser that is on the screen already asks for. */
  data: Times;
  /** The list alone, read by the function the screen calls; null for the dashboard. */
  list: Times | null;
  plans: ReadPlan[];
}

const number = (ms: number) => ms.toFixed(1);
const pair = ({ p50, p95 }: Times) => `${number(p50)} / ${number(p95)}`;

export interface Goal {
  text: string;
  met: boolean;
}

/** The goals of the order desk, held against what was measured. */
export function judge(large: Result[]): Goal[] {
  const lists = large.filter(({ scenario }) => scenario.group !== "dashboard");
  const worst = lists.reduce((a, b) => (b.page.p95 > a.page.p95 ? b : a));
  const over = lists.filter(({ page }) => page.p95 >= 100);
  const [first, deep] = ["newest first", "page 5,000"].map((name) =>
    large.find(({ scenario }) => scenario.name === name),
  );
  const ratio = (deep?.page.p50 ?? Number.NaN) / (first?.page.p50 ?? Number.NaN);
  const dashboard = large.find(({ scenario }) => scenario.group === "dashboard");
  return [
    {
      text: `every list under 100 ms at p95: the slowest, ${worst.scenario.name}, took ${number(worst.page.p95)} ms${over.length > 0 ? `; ${over.length} of ${lists.length} took longer` : ""}`,
      met: over.length === 0,
    },
    { text: `page 5,000 within 1.5 times of page 1: ${ratio.toFixed(2)} times (p50)`, met: ratio <= 1.5 },
    {
      text: `the dashboard under 50 ms at p95: ${number(dashboard?.page.p95 ?? Number.NaN)} ms`,
      met: (dashboard?.page.p95 ?? Number.NaN) < 50,
    },
  ];
}

export function writeTable(large: Result[], small: Result[], requests: number): string {
  const cpu = cpus();
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const rows = large.map(({ scenario, page, data, list }, index) => {
    const other = small[index];
    const cells = [
      scenario.group,
      scenario.name,
      pair(page),
      pair(data),
      list ? pair(list) : "",
      other ? pair(other.page) : "",
    ];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return `# The order desk at a million orders

Written by \`npm run bench:desk\`. A shop of a million orders beside one of a hundred, in one database. The built web
process is asked over HTTP with a signed session, one request after the other, ${requests} times for each line. All
times are milliseconds, p50 / p95. "Page" is the whole answer as HTML, "data" what a browser asks for that is on the
screen already, "list" the reading of the list alone inside the process; the rest is rendering and the way.

- Machine: ${cpu.length} × ${cpu[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB, load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(", ")} at the end
- Commit: ${commit}, ${new Date().toISOString().slice(0, 10)}

${judge(large)
  .map(({ text, met }) => `- ${met ? "Met" : "**Missed**"}: ${text}.`)
  .join("\n")}

| | | page | data | list | page, small shop |
|---|---|---|---|---|---|
${rows.join("\n")}

The plans are in [desk-plans.md](desk-plans.md).
`;
}

export function writePlans(large: Result[]): string {
  const parts = large.map(({ scenario, plans }) => {
    const shown = plans.map(({ statement, text }) => `\`\`\`\n${statement.slice(0, 600)}\n\n${text}\n\`\`\``);
    return `## ${scenario.group}: ${scenario.name}\n\n${shown.join("\n\n")}`;
  });
  return `# How the lists of the order desk are read

\`EXPLAIN (ANALYZE, BUFFERS)\` of the statements that each line of [desk.md](desk.md) sends, at a million orders. Written by
\`npm run bench:desk\`.

${parts.join("\n\n")}
`;
}
