import type { TemplateName } from "../../app/documents/document.ts";

/** What one template took. Seconds are counted from the start of the bulk action. */
export interface InvoiceRun {
  template: TemplateName;
  issued: number;
  rendered: number;
  zipped: number;
  /** Of the ZIP. */
  bytes: number;
  /** MB of the largest worker, from the start to the end, at even intervals. */
  resident: number[];
  /** Milliseconds of one render. */
  p50: number;
  p95: number;
}

interface Circumstances {
  machine: { cores: number; model: string; gigabytes: number };
  commit: string;
  loadBefore: number;
  orderCount: number;
  workerCount: number;
  renders: number;
}

/** Goals of the whole way, in seconds, and of one render, in milliseconds. */
const goals = { zipped: 60, p95: 100 };

/** A machine with more to do than this measures something else. */
const quietLoad = 2;

const at = (samples: number[], share: number) =>
  Math.round(samples[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? 0);

export function describeRun({
  template,
  issued,
  rendered,
  zipped,
  bytes,
  resident,
  p50,
  p95,
}: InvoiceRun): string {
  const memory = [0, 0.25, 0.5, 0.75, 1].map((share) => at(resident, share));
  const cells = [
    template,
    issued.toFixed(1),
    rendered.toFixed(1),
    zipped.toFixed(1),
    zipped < goals.zipped ? "yes" : "NO",
    (bytes / 1e6).toFixed(1),
    memory.join(" / "),
    Math.round(Math.max(...resident)),
    p50.toFixed(1),
    p95.toFixed(1),
    p95 < goals.p95 ? "yes" : "NO",
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The table of docs/benchmarks/invoices.md. */
export function writeInvoiceReport(runs: InvoiceRun[], circumstances: Circumstances): string {
  const { machine, commit, loadBefore, orderCount, workerCount, renders } = circumstances;
  const load =
    loadBefore < quietLoad
      ? `a load of ${loadBefore.toFixed(1)} before it began`
      : `**written under load**: ${loadBefore.toFixed(1)} before it began, so every time is an upper bound`;
  return `# Invoices

Written by \`npm run bench:invoices\` at commit ${commit}: ${orderCount.toLocaleString("en")} orders of one shop are invoiced by the bulk
job, rendered by ${workerCount} workers and put into a ZIP with a manifest of hashes, once for each template. ${machine.cores} cores
(${machine.model}), ${machine.gigabytes.toFixed(0)} GB, PostgreSQL on the same machine, ${load}.

Seconds count from the click that starts the bulk action; the ZIP is asked for when the last PDF is there (goal: under
${goals.zipped} s). Memory is the resident size of the larger worker in MB at the start, after each quarter of the time and at its
highest. One render is that of an invoice with two lines and shipping, ${renders} of them one after the other, with the workers
stopped (goal: 95 % under ${goals.p95} ms). To repeat it: \`npm run build && npm run bench:invoices\`; it brings its own database, and
\`BENCH_ORDERS\` says how many orders.

| template | issued s | rendered s | zipped s | goal met | MB of ZIP | MB resident over time | MB at most | render p50 ms | p95 ms | goal met |
|---|---|---|---|---|---|---|---|---|---|---|
${runs.map(describeRun).join("\n")}
`;
}
