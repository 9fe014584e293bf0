import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createTestDatabase } from "./test-database.ts";

let d: Db;
beforeAll(async () => {
  const t = await createTestDatabase();
  d = createDb(t.url, { max: 2, name: "test" });
});
afterAll(() => d.close());
test("x", async () => {
  const id = "00000000-0000-7000-8000-000000000001" as ShopId;
  expect((await d.sql`select current_user, session_user`)[0]).toEqual({});
  await withShop(
    d,
    id,
    (tx) =>
      tx.sql`insert into shops (id, domain, name, currency, time_zone) values (${id}, 'a', 'a', 'EUR', 'UTC')`,
  );
});
