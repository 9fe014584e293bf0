import { type Db, withShop } from "../db.server.ts";
import { notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import type { EditableField, OrderId } from "./order.ts";
import { type OtherPerson, type PresenceReport, seenForMs } from "./presence.ts";

/** More people than this are never shown. */
const shownPeople = 50;

/** Rows of tabs that never said goodbye. */
const forgottenAfterMs = 60_000;

interface ReportPresence {
  shopId: ShopId;
  orderId: OrderId;
  actor: Actor;
  report: PresenceReport;
}

export type PresenceOutcome = { outcome: "present"; others: OtherPerson[] } | { outcome: "not_found" };

/**
 * Notes that a tab has an order open, and answers who else has. All of it lives in one table, so it is the same
 * through every web process. Others are told only when somebody has come, gone or changed fields; that a person is
 * still there changes nothing and counts as no change of the shop.
 */
export async function reportPresence(
  db: Db,
  { shopId, orderId, actor, report: { tabId, field, leaving } }: ReportPresence,
): Promise<PresenceOutcome> {
  const { known, changed, others } = await withShop(db, shopId, async (tx) => {
    const seen = `${seenForMs} milliseconds`;
    if (leaving) {
      const gone = await tx.sql`
        delete from presences where shop_id = ${shopId} and order_id = ${orderId} and tab_id = ${tabId}
          and shopify_user_id = ${actor.id}`;
      return { known: true, changed: gone.count > 0, others: [] };
    }
    const [noted] = await tx.sql<{ known: boolean; changed: boolean }[]>`
      with known as (
        select id from orders where shop_id = ${shopId} and id = ${orderId} and deleted_at is null
      ), before as (
        select field from presences where shop_id = ${shopId} and order_id = ${orderId} and tab_id = ${tabId}
          and seen_at > now() - ${seen}::interval
      ), noted as (
        insert into presences (shop_id, order_id, tab_id, shopify_user_id, name, field)
        select ${shopId}::uuid, id, ${tabId}::uuid, ${actor.id}::bigint, ${actor.name}, ${field} from known
        on conflict (shop_id, order_id, tab_id) do update
          set name = excluded.name, field = excluded.field, seen_at = excluded.seen_at
          where presences.shopify_user_id = excluded.shopify_user_id
      )
      select exists (select from known) as known,
             not exists (select from before where field is not distinct from ${field}::text) as changed`;
    const people = await tx.sql<{ name: string; field: EditableField | null; is_you: boolean }[]>`
      select distinct on (shopify_user_id) name, field, shopify_user_id = ${actor.id} as is_you
      from presences
      where shop_id = ${shopId} and order_id = ${orderId} and tab_id <> ${tabId}
        and seen_at > now() - ${seen}::interval
      order by shopify_user_id, field is null, seen_at desc
      limit ${shownPeople}`;
    if (noted?.changed) {
      // Whoever else is clearing away has these rows locked and takes care of them.
      await tx.sql`
        delete from presences where shop_id = ${shopId} and (order_id, tab_id) in (
          select order_id, tab_id from presences
          where shop_id = ${shopId} and seen_at < now() - ${`${forgottenAfterMs} milliseconds`}::interval
          limit 100 for update skip locked)`;
    }
    return {
      known: noted?.known ?? false,
      changed: noted?.changed ?? false,
      others: people.map(({ is_you, ...person }) => ({ ...person, isYou: is_you })),
    };
  });
  if (!known) return { outcome: "not_found" };
  if (changed) notifyShop(db, { shopId, change: 0, orders: [], presences: [orderId] });
  return { outcome: "present", others };
}
