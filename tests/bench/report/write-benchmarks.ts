import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../support/repository-root.ts";
import { type Goal, judge, type Origin, type Section, type Table } from "./section.ts";

export type Measured = Section & { origin: Origin };

const folder = join(repositoryRoot, "docs", "benchmarks");
const results = join(folder, "results");

/** The order on the page; a section that was never measured is not there. */
const order = [
  "ingest",
  "burst",
  "drain",
  "live",
  "notifier",
  "fairness",
  "streams",
  "soak",
  "growth",
  "growth-shops",
];

/** Keeps a section's result and writes docs/benchmarks.md anew from all that are kept. */
export function keepSection(section: Measured): void {
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${section.name}.json`), `${JSON.stringify(section, null, 2)}\n`);
  writeFileSync(join(repositoryRoot, "docs", "benchmarks.md"), renderPage(readSections()));
}

function readSections(): Measured[] {
  const names = existsSync(results) ? readdirSync(results) : [];
  return order.flatMap((name) =>
    names.includes(`${name}.json`)
      ? [JSON.parse(readFileSync(join(results, `${name}.json`), "utf8")) as Measured]
      : [],
  );
}

/** The page as Markdown. Pure. */
export function renderPage(sections: Measured[]): string {
  const all = sections.flatMap((section) => section.goals.map((goal) => goalRow(goal, section)));
  return `# Benchmarks

Written by \`npm run bench\` from what is kept in [benchmarks/results](benchmarks/results); \`npm run bench -- --help\` says
how to repeat a part. All on one machine: PostgreSQL with fsync, synchronous commits and 1 GB of buffers, the product as it is built for
production (one web process, one worker, tenancy, timeline, lines, search rows, figures, bills), the sender of the load
beside it. "Peer" is the comparable stack: NestJS, BullMQ on Redis (append-only file, synced every second), TypeORM,
Socket.IO, on the same PostgreSQL; it has no tenants, no timeline and no inbox, and keeps four columns of an order.
Contenders take turns in one run, and only ratios of one run are compared.

Further pages: [the order desk](benchmarks/desk.md), [exports](benchmarks/export.md),
[the browser](benchmarks/browser.md), [invoices](benchmarks/invoices.md).

## Goals

"Under load" means that other programs used the machine all the while; such a figure is a first impression, not a result.

${renderTable({ head: ["what", "at least", "goal", "seen", ""], rows: all })}

${sections.map(renderSection).join("\n")}`
    .trimEnd()
    .concat("\n");
}

function goalRow(goal: Goal, section: Section): string[] {
  const show = (value: number) => `${goal.better === "lower" ? "≤ " : ""}${value}${goal.unit ?? ""}`;
  const seen = goal.seen === null || Number.isNaN(goal.seen) ? "–" : `${tidy(goal.seen)}${goal.unit ?? ""}`;
  const link = `[${goal.what}](#${anchor(section.title)})`;
  const verdict = `${judge(goal)}${section.wasNoisy ? ", under load" : ""}`;
  return [link, show(goal.least), show(goal.goal), seen, verdict];
}

const tidy = (value: number) =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toFixed(2)));

const anchor = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");

function renderSection({ title, words, tables, origin }: Measured): string {
  const from = `${origin.machine}; ${origin.database}; load ${origin.loadBefore.toFixed(1)} before it began. Commit ${origin.commit}, ${origin.measuredOn}. \`${origin.command}\``;
  return `## ${title}\n\n${[...words, ...tables.map(renderTable), from].join("\n\n")}\n`;
}

function renderTable({ head, rows }: Table): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}
