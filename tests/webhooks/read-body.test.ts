import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { maxBodyBytes } from "../../app/webhooks/delivery.ts";
import { readBody } from "../../app/webhooks/read-body.server.ts";

test("large bodies that never end keep out other large ones and no small one", async () => {
  const stuck = Array.from({ length: 400 }, () => new PassThrough());
  // Until no room for another is left, not even for half a megabyte.
  const read = stuck.map((body, index) =>
    readBody(body, String(index < 20 ? maxBodyBytes : 512 * 1024)).catch(() => "lost"),
  );
  const order = Buffer.alloc(8_000, "x");
  const send = (length: number | undefined) => readBody(Readable.from([order]), length?.toString());
  expect(await send(maxBodyBytes)).toBe("busy");
  // Whoever does not say how long it is may send a large one.
  expect(await send(undefined)).toBe("busy");
  expect(await send(order.length)).toEqual({ bytes: order });
  for (const body of stuck) body.destroy();
  expect(new Set(await Promise.all(read))).toEqual(new Set(["busy", "lost"]));
  expect(await send(maxBodyBytes)).toEqual({ bytes: order });
});

test("small bodies that never end are bounded too", async () => {
  const stuck = Array.from({ length: 1_000 }, () => new PassThrough());
  const read = stuck.map((body) => readBody(body, "256000").catch(() => "lost"));
  for (const body of stuck) body.destroy();
  expect(new Set(await Promise.all(read))).toEqual(new Set(["busy", "lost"]));
});
