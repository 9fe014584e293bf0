import type { Tx } from "../db.server.ts";
import type { Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";
import type { BulkWords } from "./bulk-words.ts";

/**
 * What there is to say about one kind of bulk action. Everything else is the same for all of them: collecting the
 * items, the draft and its preview, chunks, a killed worker, progress, results, a new try, the undo, the clean-up.
 *
 * A feature that brings a kind exports its {@link BulkKinds}, and `app/bulk-kinds.server.ts` joins them. Nothing else
 * has to change for a kind about orders. One about other rows writes their ids into `bulk_items.subject_id`, drafts
 * them itself with `insertAction`, and says in `name` what the list of items shows.
 */
export interface BulkKind {
  /**
   * Reads what a person chose on the draft's page; what it returns is stored as the action's `input`.
   * Null for a kind that nobody chooses there, because each of its items has a value of its own.
   * @throws ZodError with a sentence for the person
   */
  parse: ((form: unknown) => Record<string, unknown>) | null;
  /**
   * The words of its button in the list of orders and on a draft's page, for a kind that needs no further value. Null
   * for one that has a form of its own (bulk-change-forms.tsx), is drafted elsewhere, or is not about orders.
   */
  button: string | null;
  /** What the action does, as its heading. `total` is null until all its items are known. */
  describe(input: Record<string, unknown>, total: number | null): string;
  /** How its pages speak of it; without it as of changed orders. */
  words?: BulkWords;
  /** Works from the last position to the first: orders are taken down newest first, and numbers follow their dates. */
  oldestFirst?: true;
  /** The kind that takes it back, given each item's `before` as its input; null where that is impossible. */
  undo: string | null;
  /** Names and links of subjects; one that is gone is left out. */
  name(tx: Tx, shopId: ShopId, subjectIds: string[]): Promise<Map<string, SubjectName>>;
  /** What a person should mend before they start it; null where there is nothing. Without it nothing ever is. */
  warn?(tx: Tx, shopId: ShopId): Promise<BulkWarning | null>;
  /** Counts what the items at positions in `(after, upTo]` would become now. Writes and locks nothing. */
  preview(tx: Tx, shopId: ShopId, draft: StoredChange, range: ItemRange): Promise<BulkPreview>;
  /** Says of each item what it would become now. Writes and locks nothing. */
  foresee(tx: Tx, shop: ShopClock, draft: StoredChange, items: BulkItem[]): Promise<ItemVerdict[]>;
  /**
   * Changes the items' subjects, in the transaction of their results: both commit or neither does. Locks its rows in
   * the order of their ids. Expected refusals are results; what it throws rolls the chunk back, which is then split
   * until the item at fault fails alone.
   */
  applyChunk(
    tx: Tx,
    shop: ShopClock,
    action: RunningAction,
    items: BulkItem[],
    services: KindServices,
  ): Promise<ChunkResult>;
}

/** What a kind may need beside the database. */
export interface KindServices {
  /** For jobs that are added in the chunk's transaction. */
  queue: Queue;
  /** How mails go out; null where e-mail is not set up. */
  mail: { smtpUrl: string; from: string } | null;
}

/** Every kind by its name, which is what `bulk_actions.kind` holds. */
export type BulkKinds = Readonly<Record<string, BulkKind>>;

/** @throws for a name that no feature brings: a row of a newer version */
export function requireKind(kinds: BulkKinds, name: string): BulkKind {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) throw new Error(`no feature brings the kind of bulk action ${name}`);
  return kind;
}

/** Something to mend first, and where. */
export interface BulkWarning {
  title: string;
  text: string;
  /** Beginning with `/app/`. */
  to: string;
  label: string;
}

export interface SubjectName {
  name: string;
  /** What stands behind the name: who it is for. */
  detail: string;
  /** Its page, beginning with `/app/`. */
  path: string;
}

export interface ShopClock {
  id: ShopId;
  timeZone: string;
}

/** A kind that a button alone chooses. */
export interface KindButton {
  kind: string;
  label: string;
}

export const kindButtons = (kinds: BulkKinds): KindButton[] =>
  Object.entries(kinds).flatMap(([kind, { button }]) => (button === null ? [] : [{ kind, label: button }]));

/** A kind, and what its `parse` made of the form in which it was chosen. */
export interface Chosen {
  kind: string;
  input: Record<string, unknown>;
}

/** What an action says for all of its items. */
export interface StoredChange extends Chosen {
  id: BulkActionId;
}

export interface RunningAction extends StoredChange {
  actorId: string | null;
  actorName: string;
}

/** Positions after the first and up to the second. */
export interface ItemRange {
  after: number;
  upTo: number;
}

/** An item as stored. */
export interface BulkItem {
  position: number;
  subjectId: string;
  /** The version its subject had when the action was drafted. */
  openedVersion: number;
  /** What to do with this one alone; null where the action says it for all. */
  input: Record<string, unknown> | null;
}

export const itemStates = ["open", "changed", "unchanged", "conflict", "refused", "gone", "failed"] as const;
export type ItemState = (typeof itemStates)[number];

/** What becomes or became of an item. */
export interface ItemVerdict {
  position: number;
  state: ItemState;
  /** A sentence for people. */
  reason: string | null;
  /** The fields it changes, as they were and as they become. An undo gets `before` as its input. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface ItemResult extends ItemVerdict {
  state: Exclude<ItemState, "open">;
  /** The subject's version that was made. */
  version: number | null;
}

export interface ChunkResult {
  /** One for each item. */
  results: ItemResult[];
  /** Orders that screens should read again, with their new versions. */
  orders: { id: string; version: number }[];
  /** Invoices and credit notes that screens should read again. */
  documents?: string[];
}

/** What a draft would do if it ran now. */
export interface BulkPreview {
  changed: number;
  unchanged: number;
  conflicts: number;
  /** By reason. */
  refused: { reason: string; count: number }[];
  /** Deleted since they were chosen. */
  gone: number;
  /** So many have changed since that the rest of them is decided when the action runs. */
  undecided: number;
}

export const emptyPreview: BulkPreview = {
  changed: 0,
  unchanged: 0,
  conflicts: 0,
  refused: [],
  gone: 0,
  undecided: 0,
};

/** Two previews of different items as one. */
export function addPreviews(one: BulkPreview, other: BulkPreview): BulkPreview {
  const refused = new Map(one.refused.map(({ reason, count }) => [reason, count]));
  for (const { reason, count } of other.refused) refused.set(reason, count + (refused.get(reason) ?? 0));
  return {
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
    conflicts: one.conflicts + other.conflicts,
    refused: [...refused].map(([reason, count]) => ({ reason, count })),
    gone: one.gone + other.gone,
    undecided: one.undecided + other.undecided,
  };
}

/** The items that a preview has looked at. */
export const countedItems = ({ changed, unchanged, conflicts, refused, gone, undecided }: BulkPreview) =>
  changed + unchanged + conflicts + gone + undecided + refused.reduce((sum, { count }) => sum + count, 0);
