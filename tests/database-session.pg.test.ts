import { expect, test } from "vitest";
import { createDb } from "../app/db.server.ts";
import { openQueueDatabase } from "../app/queue-database.server.ts";
import { openAppContext } from "./support/app-context.ts";

const context = openAppContext();
const question = "select current_user as role, current_setting('jit') as jit";
const restricted = { role: "atomic_orders_app", jit: "off" };

test("every pool speaks as the restricted role and has no statement compiled", async () => {
  const plain = createDb(context.url, { max: 1, name: "plain" });
  const planned = createDb(context.url, { max: 1, name: "planned", planOnce: true });
  const queue = openQueueDatabase(context.url, context.url, { max: 1 });
  try {
    expect(await plain.sql.unsafe(question)).toEqual([restricted]);
    expect(await planned.sql.unsafe(question)).toEqual([restricted]);
    expect(await queue.executeSql(question)).toEqual({ rows: [restricted] });
  } finally {
    await Promise.all([plain.close(), planned.close(), queue.close()]);
  }
});
