import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { registry } from "../../app/metrics.server.ts";
import { repositoryRoot } from "../support/repository-root.ts";

const read = (path: string) => readFileSync(join(repositoryRoot, path), "utf8");
const alerts = read("docs/operations/alerts.yml");
const dashboard = read("docs/operations/grafana-dashboard.json");
const handbook = read("docs/operations.md");

/** Names that Prometheus makes of a histogram's. */
const suffixes = ["", "_bucket", "_sum", "_count"];

test("every metric that an alert or the dashboard asks for is one that a process tells", () => {
  const told = new Set(
    registry.getMetricsAsArray().flatMap(({ name }) => suffixes.map((suffix) => name + suffix)),
  );
  const asked = [...`${alerts}${dashboard}`.matchAll(/\b(?:atomic_orders|nodejs|process)_[a-z0-9_]+/g)].map(
    ([name]) => name,
  );
  expect(asked.length).toBeGreaterThan(20);
  expect([...new Set(asked)].filter((name) => !told.has(name))).toEqual([]);
});

test("every label that an alert or the dashboard chooses by or groups by is one that its metrics have", () => {
  const declared = read("app/metrics.server.ts").matchAll(/labelNames: \[([^\]]+)\]/g);
  const labels = [...declared].flatMap(([, names = ""]) => names.replaceAll('"', "").split(", "));
  const known = new Set([...labels, "le", "job", "instance"]);
  const grouped = [...`${alerts}${dashboard}`.matchAll(/\bby \(([a-z_, ]+)\)/g)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim()),
  );
  expect(grouped.length).toBeGreaterThan(5);
  expect(grouped.filter((name) => !known.has(name))).toEqual([]);
});

test("no metric has a label that Prometheus gives each process itself, which would take its place", () => {
  const labelled = [...read("app/metrics.server.ts").matchAll(/labelNames: \[([^\]]+)\]/g)].join();
  expect(labelled).toContain("outcome");
  expect(labelled).not.toMatch(/"(job|instance)"/);
});

test("every alert has its paragraph in the handbook, and the handbook no other", () => {
  const alerting = [...alerts.matchAll(/^ +- alert: AtomicOrders(\w+)$/gm)].map(([, name]) => name);
  const explained = [...handbook.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  expect(alerting.length).toBeGreaterThan(8);
  expect(explained.filter((name) => alerting.includes(name))).toEqual(alerting);
});

test("every file that the handbook leads to is there", () => {
  const targets = [...handbook.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = ""]) => target);
  const missing = targets.filter((target) => !existsSync(join(repositoryRoot, "docs", target)));
  expect(targets.length).toBeGreaterThan(5);
  expect(missing).toEqual([]);
});
