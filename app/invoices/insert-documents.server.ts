import { v7 as uuidv7 } from "uuid";
import type { Tx } from "../db.server.ts";
import { type DocumentContent, templateVersion } from "../documents/document.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { recordDocumentEvents } from "./document-events.server.ts";
import type { DocumentTrigger, IssuedNow } from "./document-row.ts";

export interface NewDocument {
  orderId: string;
  content: DocumentContent;
  /** Why it is issued, in English: for the timelines. */
  staffReason: string | null;
  trigger: DocumentTrigger;
  /** The invoice that it corrects or adds to. */
  refersToId: string | null;
  actor: Actor;
}

/** Documents that one job renders: few enough that several workers share a big bulk. */
const documentsPerJob = 25;

/**
 * Issues documents: the database gives each its number, its dates and its hash. Call it late in the transaction: from
 * here to the commit everybody else who issues in the same series waits.
 *
 * Invoices go first, then credit notes, so that two transactions lock the two series in the same order and never wait
 * for each other in a circle. The orders must be locked.
 */
export async function insertDocuments(
  tx: Tx,
  queue: Queue,
  shopId: ShopId,
  documents: NewDocument[],
): Promise<IssuedNow[]> {
  if (documents.length === 0) return [];
  const sorted = documents.toSorted(byKindAndOrder);
  const rows = sorted.map(toRow);
  const issued = await tx.sql<IssuedNow[]>`
    insert into documents (shop_id, id, kind, order_id, refers_to_id, trigger, template_version, currency, net_minor,
      tax_minor, gross_minor, shop_currency, shop_net_minor, shop_tax_minor, shop_gross_minor, buyer_name, buyer_email,
      buyer_country, content, actor_kind, actor_id, actor_name)
    select ${shopId}::uuid, r.id, r.kind, r.order_id, r.refers_to_id, r.trigger, r.template_version, r.currency,
      r.net_minor, r.tax_minor, r.gross_minor, r.shop_currency, r.shop_net_minor, r.shop_tax_minor, r.shop_gross_minor,
      r.buyer_name, r.buyer_email, r.buyer_country, r.content, r.actor_kind, r.actor_id, r.actor_name
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (place int, id uuid, kind text, order_id uuid,
      refers_to_id uuid, trigger text, template_version int, currency text, net_minor bigint, tax_minor bigint,
      gross_minor bigint, shop_currency text, shop_net_minor bigint, shop_tax_minor bigint, shop_gross_minor bigint,
      buyer_name text, buyer_email text, buyer_country text, content text, actor_kind text, actor_id text,
      actor_name text)
    order by r.place
    returning id, order_id as "orderId", kind, number`;
  const ids = issued.map(({ id }) => id);
  await tx.sql`insert into document_states (shop_id, document_id, state)
               select ${shopId}::uuid, id, 'issued' from unnest(${ids}::uuid[]) id`;
  const byId = new Map(rows.map(({ id }, place) => [id, sorted[place]]));
  await recordIssues(tx, shopId, byId, issued);
  for (let start = 0; start < ids.length; start += documentsPerJob) {
    const documentIds = ids.slice(start, start + documentsPerJob);
    await enqueue(queue, tx, "render-document", { shopId, documentIds });
  }
  return [...issued];
}

/** Numbers that are given together follow the orders, #9 before #10, as whoever reads the series expects. */
const names = new Intl.Collator("en", { numeric: true });

/** All invoices before all credit notes, which is the order of the locks. */
function byKindAndOrder({ content: one }: NewDocument, { content: other }: NewDocument): number {
  if (one.kind !== other.kind) return one.kind === "invoice" ? -1 : 1;
  return (
    names.compare(one.order.placedOn, other.order.placedOn) || names.compare(one.order.name, other.order.name)
  );
}

function toRow({ orderId, content, trigger, refersToId, actor }: NewDocument, place: number) {
  const { totals, shopTotals, buyer } = content;
  return {
    place,
    id: uuidv7(),
    kind: content.kind,
    order_id: orderId,
    refers_to_id: refersToId,
    trigger,
    template_version: templateVersion,
    currency: content.currency,
    net_minor: totals.netMinor,
    tax_minor: totals.taxMinor,
    gross_minor: totals.grossMinor,
    shop_currency: content.shopCurrency,
    shop_net_minor: shopTotals.netMinor,
    shop_tax_minor: shopTotals.taxMinor,
    shop_gross_minor: shopTotals.grossMinor,
    buyer_name: buyer.company ?? buyer.name,
    buyer_email: buyer.email,
    buyer_country: buyer.countryCode,
    content: JSON.stringify(content),
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
  };
}

function recordIssues(
  tx: Tx,
  shopId: ShopId,
  documents: Map<string, NewDocument | undefined>,
  issued: readonly IssuedNow[],
): Promise<void> {
  const events = issued.flatMap(({ id, number, kind }) => {
    const document = documents.get(id);
    if (!document) return [];
    const { orderId, trigger, staffReason, actor } = document;
    const detail = { number, documentKind: kind, trigger, reason: staffReason, language: "en" };
    return [{ orderId, documentId: id, kind: "issued", detail, actor }];
  });
  return recordDocumentEvents(tx, shopId, events);
}
