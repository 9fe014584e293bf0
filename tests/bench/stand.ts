import { type BenchCluster, startBenchCluster } from "./contenders/bench-cluster.ts";
import { type Comparison, prepareComparison } from "./contenders/comparison.ts";
import type { Contender } from "./contenders/contender.ts";
import { type Limit, startLimits } from "./contenders/limits.ts";
import { type Peer, startPeer } from "./contenders/peer.ts";
import { type Product, startProduct } from "./contenders/product.ts";

/** Everything that is measured, running side by side on one PostgreSQL. */
export interface Stand {
  cluster: BenchCluster;
  ours: Product;
  /** Null when the comparable stack could not be started; `peerMissing` says why. */
  peer: Peer | null;
  peerMissing: string;
  limits: { bare: Limit; durable: Limit };
  /** One shop of ours, installed. */
  shopDomain: string;
  /** How much less than usual is sent: 1 for real figures, less for trying the programs. */
  scale: number;
  rounds: number;
  report(line: string): void;
  stop(): Promise<void>;
}

export interface StandOptions {
  comparisonFolder?: string;
  /** The folder of a PostgreSQL's programs. */
  postgresFolder?: string;
  withPeer: boolean;
  scale: number;
  rounds: number;
  report(line: string): void;
}

export async function openStand(options: StandOptions): Promise<Stand> {
  const { report, scale, rounds } = options;
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const one of stops.reverse()) await one();
  };
  try {
    const comparison: Comparison = options.withPeer
      ? prepareComparison(options.comparisonFolder, report)
      : { missing: "The comparable stack was not asked for." };
    if ("remove" in comparison) stops.push(comparison.remove);
    const cluster = await startBenchCluster(options.postgresFolder);
    stops.push(cluster.stop);
    const ours = await startProduct(cluster);
    stops.push(ours.stop);
    const limits = await startLimits(cluster);
    stops.push(limits.bare.stop, limits.durable.stop);
    const peer = "folder" in comparison ? await startPeer(comparison.folder, cluster, ours.secret) : null;
    if (peer) stops.push(peer.stop);
    const [shopDomain = ""] = await ours.addShops(1);
    const peerMissing = "missing" in comparison ? comparison.missing : "";
    if (peerMissing) report(`${peerMissing} The product and the limits are measured alone.`);
    return { cluster, ours, peer, peerMissing, limits, shopDomain, scale, rounds, report, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ours, and the comparable stack where there is one. */
export const contendersOf = ({ ours, peer }: Stand): Contender[] => (peer ? [ours, peer] : [ours]);

let lastSeed = Math.floor(Date.now() / 1_000) % 300_000;

/** Another one for every plan, so that no round meets the orders of an earlier one. */
export const nextSeed = () => ++lastSeed;
