import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process whose CPU and memory count, with all it has started. */
export interface Metered {
  name: string;
  pid: number;
}

/** How much of the machine others took: shares of all its CPU time. */
export interface Noise {
  steal: number;
  others: number;
}

export interface Usage extends Noise {
  /** CPU milliseconds by process name. */
  cpuMs: Record<string, number>;
  totalCpuMs: number;
  /** Of the process that sends the load; part of no total. */
  senderCpuMs: number;
}

/** Linux counts CPU time in hundredths of a second. */
const tickMs = 10;

/** Above this share a round says more about the neighbours than about us. */
const maxNoise = 0.05;

export const isQuiet = ({ steal, others }: Noise) => steal <= maxNoise && others <= maxNoise;

/** Starts counting CPU time. @returns the way to read what has been used since */
export function startMeter(processes: Metered[]): () => Usage {
  const before = processes.map(({ pid }) => cpuMsOf(pid));
  const machineBefore = readMachine();
  const ownBefore = process.cpuUsage();
  return () => {
    const cpuMs: Record<string, number> = {};
    for (const [index, { name, pid }] of processes.entries())
      cpuMs[name] = (cpuMs[name] ?? 0) + cpuMsOf(pid) - (before[index] ?? 0);
    const totalCpuMs = Object.values(cpuMs).reduce((sum, ms) => sum + ms, 0);
    const own = process.cpuUsage(ownBefore);
    const senderCpuMs = (own.user + own.system) / 1_000;
    const machine = readMachine();
    const all = machine.all - machineBefore.all;
    const busy = all - (machine.idle - machineBefore.idle) - (machine.steal - machineBefore.steal);
    return {
      cpuMs,
      totalCpuMs,
      senderCpuMs,
      steal: (machine.steal - machineBefore.steal) / all,
      others: Math.max(0, (busy - (totalCpuMs + senderCpuMs) / tickMs) / all),
    };
  };
}

/** Resident memory of a process and all it has started, in MB; pages they share count once for each. */
export function residentMb(pid: number): number {
  const kilobytes = withDescendants(pid).map((one) => {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${one}/status`, "utf8"))?.[1] ?? 0);
    } catch {
      return 0; // it has just ended
    }
  });
  return kilobytes.reduce((sum, kb) => sum + kb, 0) / 1_024;
}

/** Waits, for so many seconds at most, until less than a quarter of the machine is at work. */
export async function waitForQuiet(tries: number): Promise<void> {
  for (let index = 0; index < tries; index += 1) {
    const before = readMachine();
    await sleep(1_000);
    const after = readMachine();
    if ((after.idle - before.idle) / (after.all - before.all) > 0.75) return;
  }
}

function readMachine(): { idle: number; steal: number; all: number } {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n", 1);
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const all = ticks.reduce((sum, one) => sum + one, 0);
  return { idle: (ticks[3] ?? 0) + (ticks[4] ?? 0), steal: ticks[7] ?? 0, all };
}

interface Stat {
  parent: number;
  ticks: number;
}

/** Those that have ended count with the parent that waited for them. */
function cpuMsOf(pid: number): number {
  return withDescendants(pid).reduce((sum, one) => sum + (readStat(one)?.ticks ?? 0) * tickMs, 0);
}

function withDescendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat) children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(name)]);
  }
  const found = [pid];
  for (const one of found) found.push(...(children.get(one) ?? []));
  return found;
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0);
    return { parent: fields[1] ?? 0, ticks };
  } catch {
    return null; // it has just ended
  }
}
