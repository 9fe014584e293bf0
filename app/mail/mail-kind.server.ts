import {
  type BulkItem,
  type BulkKind,
  type BulkKinds,
  emptyPreview,
  type ItemResult,
  type ItemVerdict,
} from "../bulk/bulk-kind.ts";
import { type BulkWords, countItems, orderWords } from "../bulk/bulk-words.ts";
import type { Tx } from "../db.server.ts";
import { nameDocuments } from "../invoices/name-documents.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type QueueMailOutcome, queueDocumentMail } from "./queue-mail.server.ts";

const words: BulkWords = {
  ...orderWords,
  item: ["document", "documents"],
  listPath: "/app/invoices",
  start: "Send",
  before: "Each goes to the address on the document. What is sent cannot be called back.",
  changed: {
    draft: "Will be sent",
    done: "On its way",
    preview: "will be sent by e-mail",
    result: "on their way",
  },
  unchanged: {
    draft: "Waits already",
    done: "Waited already",
    preview: "wait to be sent already",
    result: "waited to be sent already",
  },
  refused: { draft: "Not sent", done: "Not sent", preview: "are not sent.", result: "not sent" },
};

const noAddress = "The document has no e-mail address.";

const resultOf = (
  { position }: BulkItem,
  state: ItemResult["state"],
  reason: string | null = null,
): ItemResult => ({
  position,
  state,
  reason,
  before: null,
  after: null,
  version: null,
});

/** Sending documents to their buyers: each is queued like a single one, so it is tried again and told in its timeline. */
export const mailKinds: BulkKinds = {
  send_mail: {
    parse: null,
    button: null,
    words,
    undo: null,
    describe: (_, total) =>
      total === null ? "Send by e-mail" : `Send ${countItems(words, total)} by e-mail`,
    name: nameDocuments,
    async preview(tx, shopId, { id }, { after, upTo }) {
      const [row] = await tx.sql<{ all: number; addressed: number }[]>`
        select count(*)::int as "all", count(d.buyer_email)::int as addressed
        from bulk_items i cross join lateral (
          select buyer_email from documents where shop_id = ${shopId} and id = i.subject_id offset 0) d
        where i.shop_id = ${shopId} and i.bulk_action_id = ${id} and i.position > ${after} and i.position <= ${upTo}`;
      const { all, addressed } = row ?? { all: 0, addressed: 0 };
      const refused = all > addressed ? [{ reason: noAddress, count: all - addressed }] : [];
      return { ...emptyPreview, changed: addressed, refused };
    },
    async foresee(tx, shop, _, items) {
      const addresses = await readAddresses(tx, shop.id, items);
      return items.map(
        (item): ItemVerdict =>
          addresses.get(item.subjectId) ? resultOf(item, "changed") : resultOf(item, "refused", noAddress),
      );
    },
    async applyChunk(tx, shop, { actorId, actorName }, items, { queue, mail }) {
      const actor: Actor = { kind: "merchant", id: actorId, name: actorName };
      const addresses = await readAddresses(tx, shop.id, items);
      const results: ItemResult[] = [];
      for (const item of items) {
        const recipient = addresses.get(item.subjectId);
        if (!recipient) results.push(resultOf(item, "refused", noAddress));
        else if (!mail) results.push(resultOf(item, "failed", "E-mail is not set up, so nothing was sent."));
        else {
          const asked = { shopId: shop.id, documentId: item.subjectId, recipient, actor };
          results.push(toResult(item, recipient, await queueDocumentMail(tx, queue, mail, asked)));
        }
      }
      const sent = results.flatMap(({ state }, place) =>
        state === "changed" ? (items[place]?.subjectId ?? []) : [],
      );
      return { results, orders: [], documents: sent };
    },
  } satisfies BulkKind,
};

function toResult(item: BulkItem, recipient: string, outcome: QueueMailOutcome): ItemResult {
  switch (outcome.outcome) {
    case "queued":
      return resultOf(item, "changed", `To ${recipient}.`);
    case "waiting":
      return resultOf(item, "unchanged");
    case "invalid":
      return resultOf(item, "refused", outcome.reason);
    case "too_many":
      return resultOf(item, "refused", "This document was mailed twenty times today.");
    case "not_found":
      return resultOf(item, "gone");
  }
}

async function readAddresses(tx: Tx, shopId: ShopId, items: BulkItem[]): Promise<Map<string, string | null>> {
  const ids = items.map(({ subjectId }) => subjectId);
  const rows = await tx.sql<{ id: string; email: string | null }[]>`
    select id, buyer_email as email from documents where shop_id = ${shopId} and id = any(${ids}::uuid[])`;
  return new Map(rows.map(({ id, email }) => [id, email]));
}
