import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../support/repository-root.ts";
import { findViolations } from "./import-rules.ts";

const sources = ["app", "jobs", "drizzle"].flatMap((folder) => {
  const path = join(repositoryRoot, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
});
const read = (path: string) => readFileSync(join(repositoryRoot, path), "utf8");

test("every import keeps to who may import whom", () => {
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.flatMap((path) => findViolations(path, read(path)))).toEqual([]);
});

test("only app/env.server.ts reads the environment, and what reads the database's address alone", () => {
  const readers = sources.filter(
    (path) => !path.startsWith("drizzle/") && /\bprocess\.env\b/.test(read(path)),
  );
  expect(readers.sort()).toEqual(["app/database-env.server.ts", "app/env.server.ts"]);
});

test.each([
  ["app/routes/app.tsx", `import { orders } from "../../drizzle/schema/index.ts";`, "writes no SQL"],
  ["app/routes/app.tsx", `import { eq } from "drizzle-orm";`, "writes no SQL"],
  ["app/routes/app.tsx", `import { Page } from "./app.orders.tsx";`, "routes share through features"],
  ["app/shops/shop.server.ts", `import { x } from "../orders/orders.server.ts";`, "features to its left"],
  ["app/orders/edit-order.server.ts", `export * from "../invoices/invoice.ts";`, "features to its left"],
  [
    "app/orders/order-form.tsx",
    `import { editOrder } from "./edit-order.server.ts";`,
    "must not use a .server file",
  ],
  ["app/orders/order.ts", `import { db, type Db } from "../db.server.ts";`, "must not use a .server file"],
  ["app/orders/order.ts", `const late = await import("../db.server.ts");`, "must not use a .server file"],
  ["app/orders/order.ts", `import { orders } from "../../drizzle/schema/index.ts";`, "only a .server file"],
  ["app/ui/button.tsx", `import { total } from "../orders/order.ts";`, "knows no feature"],
  ["app/queue.server.ts", `import { run } from "../jobs/define-job.ts";`, "must not know the jobs"],
  ["app/orders/orders.server.ts", `import { shopifyApi } from "@shopify/shopify-api";`, "only door"],
  ["drizzle/schema/orders.ts", `import { OrderId } from "../../app/orders/order.ts";`, "nothing of ours"],
  ["app/root.tsx", `import { createOrder } from "../tests/support/factories.ts";`, "what is in tests"],
])("%s with `%s` is a violation", (path, source, reason) => {
  expect(findViolations(path, source)).toEqual([expect.stringContaining(`${path}:1 imports `)]);
  expect(findViolations(path, source)[0]).toContain(reason);
});

test.each([
  ["app/orders/order-form.tsx", `import type { EditOutcome } from "./edit-order.server.ts";`],
  ["app/orders/order-form.tsx", `import { type EditOutcome } from "./edit-order.server.ts";`],
  ["app/orders/edit-order.server.ts", `import { hintShop } from "../live/notify-shop.server.ts";`],
  ["app/shops/shop.server.ts", `import { orders } from "../../drizzle/schema/index.ts";`],
  ["app/invoices/issue-invoice.server.ts", `import { findOrder } from "../orders/orders.server.ts";`],
  ["app/routes/app.tsx", `import { requireShop } from "../shopify.server.ts";`],
  ["jobs/process-order.ts", `import { processEvents } from "../app/webhooks/process-events.server.ts";`],
])("%s with `%s` is allowed", (path, source) => {
  expect(findViolations(path, source)).toEqual([]);
});
