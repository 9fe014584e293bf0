import { z } from "zod";
import {
  type BulkItem,
  type BulkKind,
  type BulkKinds,
  type BulkPreview,
  emptyPreview,
  type ItemRange,
  type ItemResult,
  type ItemVerdict,
  type RunningAction,
  type StoredChange,
} from "../bulk/bulk-kind.ts";
import { type BulkWords, countItems, orderWords } from "../bulk/bulk-words.ts";
import type { Tx } from "../db.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { nameDocuments } from "./name-documents.server.ts";
import { markPaid } from "./record-payment.server.ts";
import { undoPayments } from "./undo-payments.server.ts";

const words: BulkWords = {
  ...orderWords,
  item: ["document", "documents"],
  listPath: "/app/invoices",
  start: "Mark as paid:",
  before: "What is left to pay is recorded as paid today. You can undo it afterwards.",
  changed: {
    draft: "Will be paid",
    done: "Marked paid",
    preview: "will be marked as paid",
    result: "marked paid",
  },
  unchanged: {
    draft: "Nothing to pay",
    done: "Nothing to pay",
    preview: "have nothing left to pay",
    result: "had nothing left to pay",
  },
  refused: { draft: "Left out", done: "Left out", preview: "are left out.", result: "left out" },
};

const undoWords: BulkWords = {
  ...words,
  start: "Take back the payments of",
  before: "The payments stay in the history as taken back.",
  changed: { draft: "Will be open", done: "Taken back", preview: "will be open again", result: "taken back" },
  unchanged: {
    draft: "Taken back before",
    done: "Taken back before",
    preview: "were taken back before",
    result: "were taken back before",
  },
};

const noPayment = "A credit note asks for no payment.";

const undoSchema = z.object({ paymentId: z.string().uuid() });

const actorOf = ({ actorId, actorName }: RunningAction): Actor => ({
  kind: "merchant",
  id: actorId,
  name: actorName,
});

const resultOf = ({ position }: BulkItem, state: ItemResult["state"]): ItemResult => ({
  position,
  state,
  reason: null,
  before: null,
  after: null,
  version: null,
});

/** The kinds that are about documents. They are drafted from the list of invoices, by draft-document-action. */
export const documentKinds: BulkKinds = {
  mark_paid: {
    parse: null,
    button: null,
    words,
    undo: "undo_mark_paid",
    describe: (_, total) => (total === null ? "Mark as paid" : `Mark ${countItems(words, total)} as paid`),
    name: nameDocuments,
    preview: previewMarkPaid,
    foresee: foreseeMarkPaid,
    async applyChunk(tx, shop, action, items) {
      const documentIds = items.map(({ subjectId }) => subjectId);
      const outcomes = await markPaid(tx, { shopId: shop.id, documentIds, actor: actorOf(action) });
      const byDocument = new Map(outcomes.map((outcome) => [outcome.documentId, outcome]));
      const results = items.map((item): ItemResult => {
        const outcome = byDocument.get(item.subjectId);
        switch (outcome?.outcome) {
          case "marked":
            // An undo goes by the payment; the version is there because every item that can be undone has one.
            return {
              ...resultOf(item, "changed"),
              before: { paymentId: outcome.paymentId },
              version: item.openedVersion + 1,
            };
          case "already_paid":
            return resultOf(item, "unchanged");
          case "not_payable":
            return { ...resultOf(item, "refused"), reason: noPayment };
          default:
            return resultOf(item, "gone");
        }
      });
      const documents = outcomes.filter(({ outcome }) => outcome === "marked");
      return { results, orders: [], documents: documents.map(({ documentId }) => documentId) };
    },
  } satisfies BulkKind,
  undo_mark_paid: {
    parse: null,
    button: null,
    words: undoWords,
    undo: null,
    describe: () => "Take back payments",
    name: nameDocuments,
    preview: (tx, shopId, draft, range) => countAll(tx, shopId, draft, range),
    foresee: async (_, __, ___, items) => items.map((item) => resultOf(item, "changed")),
    async applyChunk(tx, shop, action, items) {
      const payments = items.map(({ input }) => undoSchema.parse(input).paymentId);
      const actor = actorOf(action);
      const undone = await undoPayments(tx, { shopId: shop.id, paymentIds: payments, actor });
      return {
        results: items.map((item, place) =>
          resultOf(item, undone.has(payments[place] ?? "") ? "changed" : "unchanged"),
        ),
        orders: [],
        documents: [...new Set(undone.values())],
      };
    },
  } satisfies BulkKind,
};

type PayState = "changed" | "unchanged" | "refused";

/** What would become of a document `d` in the state `s`, in SQL. */
const payState = ({ sql }: Tx) => sql<{ state: PayState }[]>`
  case when d.kind <> 'invoice' then 'refused'
       when d.gross_minor - s.credited_minor - s.paid_minor > 0 then 'changed' else 'unchanged' end`;

async function previewMarkPaid(
  tx: Tx,
  shopId: ShopId,
  { id }: StoredChange,
  { after, upTo }: ItemRange,
): Promise<BulkPreview> {
  const rows = await tx.sql<{ state: PayState; count: number }[]>`
    select ${payState(tx)} as state, count(*)::int as count
    from bulk_items i cross join lateral (
      select kind, gross_minor from documents where shop_id = ${shopId} and id = i.subject_id offset 0) d
    cross join lateral (
      select paid_minor, credited_minor from document_states
      where shop_id = ${shopId} and document_id = i.subject_id offset 0) s
    where i.shop_id = ${shopId} and i.bulk_action_id = ${id} and i.position > ${after} and i.position <= ${upTo}
    group by 1`;
  const count = (state: PayState) => rows.find((row) => row.state === state)?.count ?? 0;
  const refused = count("refused") > 0 ? [{ reason: noPayment, count: count("refused") }] : [];
  return { ...emptyPreview, changed: count("changed"), unchanged: count("unchanged"), refused };
}

async function foreseeMarkPaid(
  tx: Tx,
  shop: { id: ShopId },
  _: StoredChange,
  items: BulkItem[],
): Promise<ItemVerdict[]> {
  const ids = items.map(({ subjectId }) => subjectId);
  const rows = await tx.sql<{ id: string; state: PayState }[]>`
    select d.id, ${payState(tx)} as state
    from documents d join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
    where d.shop_id = ${shop.id} and d.id = any(${ids}::uuid[])`;
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  return items.map((item) => {
    const state = states.get(item.subjectId) ?? "gone";
    return { ...resultOf(item, state), reason: state === "refused" ? noPayment : null };
  });
}

async function countAll(
  tx: Tx,
  shopId: ShopId,
  { id }: StoredChange,
  { after, upTo }: ItemRange,
): Promise<BulkPreview> {
  const [row] = await tx.sql<{ count: number }[]>`
    select count(*)::int as count from bulk_items
    where shop_id = ${shopId} and bulk_action_id = ${id} and position > ${after} and position <= ${upTo}`;
  return { ...emptyPreview, changed: row?.count ?? 0 };
}
