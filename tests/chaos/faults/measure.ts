import { execFileSync } from "node:child_process";
import { metricsToken } from "../fleet.ts";

/** The resident size of a process in MB. */
export function residentMb(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)]).toString()) / 1_024;
}

/** How many streams a web process says are open on it. */
export async function countStreams(url: string): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${metricsToken}` } });
  const [, count] = /^atomic_orders_streams (\d+)$/m.exec(await answer.text()) ?? [];
  return Number(count);
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
