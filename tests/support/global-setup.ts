import type { TestProject } from "vitest/node";
import { startTestCluster } from "./test-cluster.ts";

/** Starts one PostgreSQL for the whole run; its guardian stops it also when the run is killed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  project.provide("cluster", { url: cluster.url, adminUrl: cluster.adminUrl });
  return cluster.stop;
}
