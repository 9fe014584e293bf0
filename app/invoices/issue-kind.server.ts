import {
  type BulkItem,
  type BulkKind,
  type BulkKinds,
  type BulkPreview,
  emptyPreview,
  type ItemRange,
  type ItemResult,
  type ItemVerdict,
  type StoredChange,
} from "../bulk/bulk-kind.ts";
import { type BulkWords, countItems, orderWords } from "../bulk/bulk-words.ts";
import { nameOrders } from "../bulk/order-kinds.server.ts";
import type { Tx } from "../db.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { decideIssue, type IssueDecision } from "./decide-issue.ts";
import { type IssueOutcome, issueInvoices } from "./issue-invoices.server.ts";
import { readBillingTerms, readOrdersToBill } from "./orders-to-bill.server.ts";
import { readInvoiceSettings } from "./read-settings.server.ts";
import { gapAdvice, listSellerGaps, sayGaps } from "./seller-gaps.ts";

/** Orders of a preview that are worked out one by one; the fate of the others shows when the action runs. */
const lookedAt = 2_000;

/** Orders whose bills and documents are in memory at a time. */
const readAtATime = 200;

/** How the preview counts orders that are held; each says below why. */
const heldTogether = "Held for you to look at: figures that do not add up.";

const words: BulkWords = {
  ...orderWords,
  start: "Issue invoices for",
  before:
    "An issued invoice cannot be taken back. One that turns out wrong is corrected by a credit note, on the invoice’s page.",
  after: { to: "/app/invoices", label: "See the invoices" },
  changed: { draft: "Will be invoiced", done: "Invoiced", preview: "will be invoiced", result: "invoiced" },
  unchanged: {
    draft: "Nothing to invoice",
    done: "Nothing to invoice",
    preview: "with nothing to invoice",
    result: "had nothing to invoice",
  },
  refused: {
    draft: "Left out",
    done: "Left out",
    preview: "without an invoice.",
    result: "held or left out",
  },
};

/** Issuing what the chosen orders' documents lack. It has no undo: what is issued is frozen. */
export const issueKinds: BulkKinds = {
  issue_invoices: {
    parse: () => ({}),
    button: "Issue invoices",
    words,
    oldestFirst: true,
    undo: null,
    describe: (_, total) =>
      total === null ? "Issue invoices" : `Issue invoices for ${countItems(words, total)}`,
    name: nameOrders,
    async warn(tx, shopId) {
      const gaps = listSellerGaps((await readInvoiceSettings(tx, shopId)).seller);
      if (gaps.length === 0) return null;
      return {
        title: sayGaps(gaps),
        text: gapAdvice,
        to: "/app/settings/invoices",
        label: "Open the settings",
      };
    },
    preview: previewIssue,
    async foresee(tx, shop, _, items) {
      const decisions = await decideItems(tx, shop.id, items);
      return items.map((item): ItemVerdict => verdictOf(item, decisions.get(item.subjectId)));
    },
    async applyChunk(tx, shop, { actorId, actorName }, items, { queue }) {
      const actor: Actor = { kind: "merchant", id: actorId ?? "", name: actorName };
      const orderIds = items.map(({ subjectId }) => subjectId);
      const issue = { shopId: shop.id, orderIds, trigger: "bulk" as const, actor };
      const outcomes = await issueInvoices(tx, queue, issue);
      const byOrder = new Map(outcomes.map((outcome) => [outcome.orderId, outcome]));
      return {
        results: items.map((item): ItemResult => resultOf(item, byOrder.get(item.subjectId))),
        orders: [],
        documents: outcomes
          .flatMap((one) => (one.outcome === "issued" ? one.documents : []))
          .map(({ id }) => id),
      };
    },
  } satisfies BulkKind,
};

async function previewIssue(
  tx: Tx,
  shopId: ShopId,
  { id }: StoredChange,
  { after, upTo }: ItemRange,
): Promise<BulkPreview> {
  const rows = await tx.sql<{ position: number; subjectId: string; count: number }[]>`
    select position, subject_id as "subjectId", count(*) over ()::int as count from bulk_items
    where shop_id = ${shopId} and bulk_action_id = ${id} and position > ${after} and position <= ${upTo}
    order by position limit ${lookedAt}`;
  const refused = new Map<string, number>();
  const preview: BulkPreview = { ...emptyPreview, undecided: (rows[0]?.count ?? 0) - rows.length };
  for (let start = 0; start < rows.length; start += readAtATime) {
    const items = rows.slice(start, start + readAtATime);
    const decisions = await decideItems(tx, shopId, items);
    for (const item of items) {
      const decision = decisions.get(item.subjectId);
      const { state, reason } = verdictOf(item, decision);
      if (state === "changed") preview.changed += 1;
      else if (state === "unchanged") preview.unchanged += 1;
      else if (state === "gone") preview.gone += 1;
      else {
        // Each held order has its own figures in its reason: a line for each would bury the rest.
        const counted = decision?.outcome === "held" ? heldTogether : (reason ?? "");
        refused.set(counted, (refused.get(counted) ?? 0) + 1);
      }
    }
  }
  return { ...preview, refused: [...refused].map(([reason, count]) => ({ reason, count })) };
}

async function decideItems(
  tx: Tx,
  shopId: ShopId,
  items: readonly Pick<BulkItem, "subjectId">[],
): Promise<Map<string, IssueDecision>> {
  const ids = items.map(({ subjectId }) => subjectId);
  const orders = await readOrdersToBill(tx, shopId, ids, { lock: false });
  const terms = await readBillingTerms(tx, shopId);
  return new Map(ids.map((id) => [id, decideIssue(orders.get(id), terms, "bulk")]));
}

function verdictOf({ position }: Pick<BulkItem, "position">, decision?: IssueDecision): ItemVerdict {
  const verdict = (state: ItemVerdict["state"], reason: string | null = null): ItemVerdict => ({
    position,
    state,
    reason,
    before: null,
    after: null,
  });
  switch (decision?.outcome) {
    case "documents":
      return verdict("changed");
    case "nothing_to_invoice":
      return verdict("unchanged");
    case "held":
      return verdict("refused", `Held for you to look at: ${decision.reason}`);
    case "excluded":
      return verdict("refused", decision.reason);
    default:
      return verdict("gone");
  }
}

function resultOf({ position }: BulkItem, outcome?: IssueOutcome): ItemResult {
  const result = (state: ItemResult["state"], reason: string | null = null): ItemResult => ({
    position,
    state,
    reason,
    before: null,
    after: null,
    version: null,
  });
  switch (outcome?.outcome) {
    case "issued":
      return result("changed", `${outcome.documents.map(({ number }) => number).join(", ")} issued.`);
    case "nothing_to_invoice":
      return result("unchanged");
    case "held":
      return result("refused", `Held for you to look at: ${outcome.reason}`);
    case "excluded":
      return result("refused", outcome.reason);
    default:
      return result("gone", "The order was deleted at Shopify.");
  }
}
