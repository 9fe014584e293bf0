import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/**
 * What this process counts, for Prometheus. Labels are few and bounded: never a shop, an order or an address.
 * docs/operations.md says what each figure means and when to worry.
 */
export const registry = new Registry();

collectDefaultMetrics({ register: registry });

const registers = [registry];

export const deliveries = new Counter({
  name: "atomic_orders_deliveries_total",
  help: "Webhook deliveries by what became of them: at the door (received, duplicate, ignored, rejected, refused) and when applied (applied, stale, failed, retried).",
  labelNames: ["outcome"],
  registers,
});

export const deliveryLag = new Histogram({
  name: "atomic_orders_delivery_lag_seconds",
  help: "From a delivery's commit at the door to the commit that applied it.",
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
  registers,
});

export const jobDuration = new Histogram({
  name: "atomic_orders_job_duration_seconds",
  help: "How long jobs ran, by name and whether they threw.",
  labelNames: ["name", "outcome"],
  buckets: [0.005, 0.025, 0.1, 0.5, 2, 10, 60, 300, 1800],
  registers,
});

export const httpDuration = new Histogram({
  name: "atomic_orders_http_duration_seconds",
  help: "From the first byte of a request to the last of its answer; streams are left out.",
  labelNames: ["route", "method", "status"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});

export const openStreams = new Gauge({
  name: "atomic_orders_streams",
  help: "Live streams open on this process.",
  registers,
});

export const hintLag = new Histogram({
  name: "atomic_orders_hint_lag_seconds",
  help: "From a change's hint being sent to its arrival at this process.",
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  registers,
});

export const poolInUse = new Gauge({
  name: "atomic_orders_pool_transactions",
  help: "Transactions under way, by pool.",
  labelNames: ["pool"],
  registers,
});

export const poolWait = new Histogram({
  name: "atomic_orders_pool_wait_seconds",
  help: "How long transactions waited for a connection, by pool.",
  labelNames: ["pool"],
  buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
  registers,
});

export const queueDepth = new Gauge({
  name: "atomic_orders_queue_depth",
  help: "Work that waits: open deliveries (queue inbox, counted up to 100,000), dead deliveries (queue inbox-failed) and jobs by queue.",
  labelNames: ["queue", "state"],
  registers,
});

export const queueAge = new Gauge({
  name: "atomic_orders_queue_age_seconds",
  help: "Age of the oldest delivery that is due and not applied.",
  registers,
});
