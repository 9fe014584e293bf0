import { relative } from "node:path";
import { repositoryRoot } from "../support/repository-root.ts";
import type { World } from "./world.ts";

export interface FaultSummary {
  name: string;
  /** What was done, in words. */
  injected: string;
  seconds: number;
  /** Acknowledged while it lasted. */
  deliveries: number;
  answers: Record<string, number>;
  /** From its end until every web process said that it was ready. */
  readyMs: number | null;
  findings: number;
}

/** The run as a table for people, in Markdown. */
export function summarise({ options, ledger, history }: World, summaries: FaultSummary[]): string {
  const rows = summaries.map((one) => [
    one.name,
    one.injected,
    one.seconds,
    one.deliveries,
    Object.entries(one.answers)
      .map(([status, count]) => `${status}: ${count}`)
      .join(", "),
    one.readyMs === null ? "never" : `${(one.readyMs / 1_000).toFixed(1)} s`,
    one.findings,
  ]);
  const head = ["fault", "injected", "s", "acknowledged", "answers", "ready after", "findings"];
  const verdict = history.findings.length === 0 ? "green" : `red: ${history.findings.length} findings`;
  const table = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const repeated = ledger.messages.reduce((sum, { acknowledged }) => sum + Math.max(0, acknowledged - 1), 0);
  return [
    ...table,
    "",
    `Seed ${options.seed}, ${Math.round(history.elapsedMs / 1_000)} s: **${verdict}**. ${ledger.acknowledged} deliveries and ${repeated} repetitions of them acknowledged, ${ledger.edits.length} saves by merchants.`,
    ...history.findings.map(({ fault, sentence }) => `- ${fault}: ${sentence}`),
    `The history is in ${relative(repositoryRoot, history.file)}.`,
  ].join("\n");
}
