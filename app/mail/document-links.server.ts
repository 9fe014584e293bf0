import { randomUUID } from "node:crypto";
import { type Db, type Tx, withShop } from "../db.server.ts";
import { recordDocumentEvents } from "../invoices/document-events.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type DocumentLink, undoMinutes } from "./document-link.ts";
import { hashLinkToken, newLinkToken } from "./link-token.server.ts";

/** Open links of a document at most: more would be lost sight of. */
const maxOpenLinks = 10;

export type CreateLinkOutcome =
  | { outcome: "created"; linkId: string; token: string }
  | { outcome: "too_many" | "not_found" };

/**
 * Makes a public link to a document.
 * @param days how long it is good for
 * @returns the token, which is kept nowhere: it cannot be shown again
 */
export async function createDocumentLink(
  db: Db,
  { shopId, documentId, days, actor }: { shopId: ShopId; documentId: string; days: number; actor: Actor },
): Promise<CreateLinkOutcome> {
  const [linkId, token] = [randomUUID(), newLinkToken()];
  const created = await withShop(db, shopId, async (tx) => {
    const [document] = await tx.sql<{ number: string; orderId: string; open: number }[]>`
      select d.number, d.order_id as "orderId", (select count(*)::int from document_links l where l.shop_id = d.shop_id and l.document_id = d.id
                        and l.revoked_at is null and l.expires_at > now()) as open
      from documents d where d.shop_id = ${shopId} and d.id = ${documentId}`;
    if (!document) return { outcome: "not_found" as const };
    if (document.open >= maxOpenLinks) return { outcome: "too_many" as const };
    await tx.sql`
      insert into document_links (shop_id, id, document_id, order_id, token_hash, expires_at, created_by)
      select shop_id, ${linkId}::uuid, id, order_id, ${hashLinkToken(token)}::text,
        now() + make_interval(days => ${days}), ${actor.name}::text
      from documents where shop_id = ${shopId} and id = ${documentId}`;
    const { number, orderId } = document;
    const event = { orderId, documentId, kind: "link_created", detail: { number, linkId }, actor };
    await recordDocumentEvents(tx, shopId, [event]);
    return { outcome: "created" as const, change: await countChange(tx, shopId) };
  });
  if (created.outcome !== "created") return created;
  notifyShop(db, { shopId, change: created.change, orders: [], documents: [documentId] });
  return { outcome: "created", linkId, token };
}

export interface ChangeLink {
  shopId: ShopId;
  documentId: string;
  linkId: string;
  actor: Actor;
}

export type ChangeLinkOutcome = { outcome: "changed" | "unchanged" | "not_found" };

/** Takes a link back: whoever opens it from now on is told so (410). */
export function revokeDocumentLink(db: Db, link: ChangeLink): Promise<ChangeLinkOutcome> {
  return changeLink(
    db,
    link,
    "link_revoked",
    (tx) => tx.sql`
      update document_links set revoked_at = now()
      where shop_id = ${link.shopId} and id = ${link.linkId} and revoked_at is null`,
  );
}

/** Gives a link back that was revoked a moment ago; it is the same address. */
export function restoreDocumentLink(db: Db, link: ChangeLink): Promise<ChangeLinkOutcome> {
  return changeLink(
    db,
    link,
    "link_restored",
    (tx) => tx.sql`
      update document_links set revoked_at = null
      where shop_id = ${link.shopId} and id = ${link.linkId} and expires_at > now()
        and revoked_at > now() - make_interval(mins => ${undoMinutes})`,
  );
}

async function changeLink(
  db: Db,
  { shopId, documentId, linkId, actor }: ChangeLink,
  kind: "link_revoked" | "link_restored",
  update: (tx: Tx) => PromiseLike<{ count: number }>,
): Promise<ChangeLinkOutcome> {
  const result = await withShop(db, shopId, async (tx) => {
    const [known] = await tx.sql<{ number: string; orderId: string }[]>`
      select d.number, d.order_id as "orderId" from document_links l join documents d on d.shop_id = l.shop_id and d.id = l.document_id
      where l.shop_id = ${shopId} and l.id = ${linkId} and l.document_id = ${documentId}`;
    if (!known) return { outcome: "not_found" as const };
    const { count } = await update(tx);
    if (count === 0) return { outcome: "unchanged" as const };
    const { number, orderId } = known;
    await recordDocumentEvents(tx, shopId, [
      { orderId, documentId, kind, detail: { number, linkId }, actor },
    ]);
    return { outcome: "changed" as const, change: await countChange(tx, shopId) };
  });
  if (result.outcome === "changed")
    notifyShop(db, { shopId, change: result.change, orders: [], documents: [documentId] });
  return { outcome: result.outcome };
}

/** A document's links, newest first. */
export async function listDocumentLinks(tx: Tx, shopId: ShopId, documentId: string): Promise<DocumentLink[]> {
  return tx.sql<DocumentLink[]>`
    select id, to_json(created_at)#>>'{}' as "createdAt", created_by as "createdBy",
      to_json(expires_at)#>>'{}' as "expiresAt", to_json(revoked_at)#>>'{}' as "revokedAt", views,
      to_json(last_viewed_at)#>>'{}' as "lastViewedAt",
      case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'open' end as state,
      coalesce(expires_at > now() and revoked_at > now() - make_interval(mins => ${undoMinutes}), false) as "canUndo"
    from document_links where shop_id = ${shopId} and document_id = ${documentId} order by created_at desc, id`;
}
