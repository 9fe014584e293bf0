import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb } from "../../app/db.server.ts";
import { openOperationsServer } from "../../app/operations/operations-server.server.ts";

// Nobody listens at its address: what is asked here is answered without it.
const db = createDb("postgres://nobody:nothing@127.0.0.1:1/none", { max: 1, name: "test" });
const server = openOperationsServer(db, {
  port: 0,
  host: "127.0.0.1",
  token: null,
  readiness: () => ({ maxLagSeconds: 60, isListening: null, isStopping: false }),
});

beforeAll(async () => {
  if (!server.listening) await once(server, "listening");
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await db.close();
});

const statusOf = (path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const asked = request({ host: "127.0.0.1", port, path }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode));
    });
    asked.once("error", reject);
    asked.end();
  });

test("a path that is no address is answered like any other unknown one and ends no worker", async () => {
  for (const path of ["//", "//[", "http://[", "/app?x=%"])
    expect({ path, status: await statusOf(path) }).toEqual({ path, status: 404 });
  expect(await statusOf("/healthz?from=probe")).toBe(200);
});
