import { type Db, withShop } from "../db.server.ts";
import type { Shopify } from "../shopify.server.ts";
import type { Actor, Shop } from "./shop.ts";

/**
 * The person behind a session token, as the timeline names them. The token holds only an id, so the name is
 * asked of Shopify once and kept.
 *
 * @param sessionToken null for a request without JavaScript, which carries none
 */
export async function identifyStaff(
  { db, shopify }: { db: Db; shopify: Shopify },
  shop: Shop,
  userId: string,
  sessionToken: string | null,
): Promise<Actor> {
  const known = await withShop(db, shop.id, async (tx) => {
    const [row] = await tx.sql<{ name: string }[]>`
      select name from staff_members where shop_id = ${shop.id} and shopify_user_id = ${userId}`;
    return row?.name ?? null;
  });
  const name = known ?? (sessionToken && (await learnName({ db, shopify }, shop, userId, sessionToken)));
  return { kind: "merchant", id: userId, name: name ?? `Staff member ${userId}` };
}

async function learnName(
  { db, shopify }: { db: Db; shopify: Shopify },
  shop: Shop,
  userId: string,
  sessionToken: string,
): Promise<string | null> {
  // Without a name the work goes on under the person's id; the next request asks again.
  const name = await shopify.fetchStaffName(shop.domain, sessionToken).catch(() => null);
  if (name === null) return null;
  await withShop(
    db,
    shop.id,
    (tx) => tx.sql`
      insert into staff_members (shop_id, shopify_user_id, name) values (${shop.id}, ${userId}, ${name})
      on conflict (shop_id, shopify_user_id) do update set name = excluded.name, updated_at = now()`,
  );
  return name;
}
