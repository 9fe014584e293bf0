import { type Db, type Tx, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type BulkActionId, undecided } from "./bulk-action.ts";
import { type BulkKinds, type BulkPreview, type BulkWarning, requireKind } from "./bulk-kind.ts";
import { type BulkState, isDraft } from "./bulk-state.ts";
import { type BulkWords, orderWords } from "./bulk-words.ts";
import type { TrackingProblem } from "./parse-tracking-lines.ts";
import { isUndoOf } from "./undo-state.server.ts";

export interface BulkActionSummary {
  id: BulkActionId;
  kind: string;
  /** What it does, in words. */
  title: string;
  /** How to speak of it and of its items. */
  words: BulkWords;
  /** What is set, for kinds that set the same on every order. */
  input: Record<string, unknown>;
  query: string | null;
  undoOf: BulkActionId | null;
  state: BulkState;
  /** Its items; while they are collected, so many so far. */
  total: number;
  /** About how many there will be; null once they are all there. */
  expected: number | null;
  /** The moment whose orders were taken down, where a job did it. */
  takenAt: string | null;
  changed: number;
  unchanged: number;
  conflicts: number;
  refused: number;
  failed: number;
  actorName: string;
  createdAt: string;
  finishedAt: string | null;
}

type StoredSummary = Omit<BulkActionSummary, "title" | "words">;

const summaryColumns = (tx: Tx) => tx.sql`
  a.id, a.kind, a.input - 'problems' as input, a.query, a.undo_of as "undoOf", a.state, a.total, a.expected, a.changed,
  a.unchanged, a.conflicts, a.refused, a.failed, a.actor_name as "actorName",
  to_json(a.taken_at)#>>'{}' as "takenAt", to_json(a.created_at)#>>'{}' as "createdAt",
  to_json(a.finished_at)#>>'{}' as "finishedAt"`;

const titled = <Row extends StoredSummary>(kinds: BulkKinds, row: Row) => ({
  ...row,
  title: requireKind(kinds, row.kind).describe(row.input, row.expected === null ? row.total : null),
  words: requireKind(kinds, row.kind).words ?? orderWords,
});

/** The newest bulk actions; drafts that nobody started leave the list after a day. */
export async function listBulkActions(
  db: Db,
  kinds: BulkKinds,
  shopId: ShopId,
): Promise<BulkActionSummary[]> {
  const rows = await withShop(
    db,
    shopId,
    (tx) => tx.sql<StoredSummary[]>`
      select ${summaryColumns(tx)} from bulk_actions a
      where a.shop_id = ${shopId}
        and (a.state not in ('collecting', 'draft', 'counting') or a.created_at > now() - interval '1 day')
      order by a.created_at desc limit 50`,
  );
  return rows.map((row) => titled(kinds, row));
}

export interface BulkActionDetail extends BulkActionSummary {
  /** The action that took this one back. */
  undoneBy: BulkActionId | null;
  /** Its items were deleted, because it is long done: nothing can be undone or tried again. */
  forgotten: boolean;
  /** False for those, and for kinds that have no way back. */
  canUndo: boolean;
  /** What it changes may still be chosen, or chosen anew. */
  canChoose: boolean;
  /** The counts of a big draft's preview, as far as they are. */
  preview: BulkPreview | null;
  /** Pasted lines that became no item, and how many there are in all. */
  problems: TrackingProblem[];
  problemCount: number;
}

/** Pasted lines with a problem that the page lists. */
const problemsShown = 200;

/** @returns null for an unknown action, another shop's included */
export async function findBulkAction(
  db: Db,
  kinds: BulkKinds,
  shopId: ShopId,
  id: BulkActionId,
): Promise<BulkActionDetail | null> {
  const [row] = await withShop(
    db,
    shopId,
    (tx) => tx.sql<Omit<BulkActionDetail, "title" | "words" | "canUndo" | "canChoose">[]>`
      select ${summaryColumns(tx)}, a.preview, a.forgotten_at is not null as forgotten,
        (select u.id from bulk_actions u where ${isUndoOf(tx, shopId, tx.sql`a.id`)}
         order by u.id limit 1) as "undoneBy",
        coalesce(jsonb_path_query_array(a.input->'problems', ${`$[0 to ${problemsShown - 1}]`}::jsonpath), '[]') as problems,
        coalesce(jsonb_array_length(a.input->'problems'), 0) as "problemCount"
      from bulk_actions a where a.shop_id = ${shopId} and a.id = ${id}`,
  );
  if (!row) return null;
  const kind = requireKind(kinds, row.kind);
  const canUndo = !row.forgotten && kind.undo !== null;
  const canChoose = isDraft(row.state) && (row.kind === undecided || kind.parse !== null);
  return { ...titled(kinds, row), canUndo, canChoose };
}

/** @returns what a person should mend before they start a draft; null where there is nothing, or it is no draft */
export async function findBulkWarning(
  db: Db,
  kinds: BulkKinds,
  shopId: ShopId,
  { kind, state }: Pick<BulkActionDetail, "kind" | "state">,
): Promise<BulkWarning | null> {
  const { warn } = requireKind(kinds, kind);
  return warn && isDraft(state) ? withShop(db, shopId, (tx) => warn(tx, shopId)) : null;
}

/**
 * What a draft would do: counted now for a small one, as far as a job has counted it for a big one.
 * @returns null while it does not say what it changes, or has not all its orders yet, or is no draft
 */
export async function previewBulkAction(
  db: Db,
  kinds: BulkKinds,
  shopId: ShopId,
  draft: Pick<BulkActionDetail, "id" | "kind" | "input" | "state" | "preview">,
): Promise<BulkPreview | null> {
  const { kind, state, preview } = draft;
  if (!isDraft(state) || state === "collecting" || kind === "undecided") return null;
  if (preview || state === "counting") return preview;
  return withShop(db, shopId, (tx) =>
    requireKind(kinds, kind).preview(tx, shopId, draft, { after: 0, upTo: 2 ** 31 - 1 }),
  );
}
