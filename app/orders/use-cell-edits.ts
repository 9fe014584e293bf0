import { useNavigate } from "@remix-run/react";
import { useCallback, useMemo, useRef, useState } from "react";
import { useAppData } from "../ui/use-app-data.ts";
import type { EditAnswer } from "./edit-answer.ts";
import { draftKey, keepDraft } from "./edit-draft.ts";
import { toTyped } from "./edit-form-state.ts";
import type { ListedOrder } from "./list-orders.server.ts";
import { type EditableFields, normaliseText, type OrderId, pickEditableFields } from "./order.ts";

export type CellField = "status" | "trackingNumber";

/** An open cell. */
export interface CellEdit {
  /**
   * The order as it was read when the cell was opened. Live updates must not move the version that a save names:
   * nobody has read those values in the cell.
   */
  order: ListedOrder;
  field: CellField;
  /** What an earlier try has left. */
  text: string | null;
  /** Why that try did not go through. */
  problem: string | null;
  /** Whether the same may go through when it is tried again. */
  again: boolean;
}

/** A save on its way, or one whose result the list has not read yet. */
export interface CellSave {
  key: number;
  order: ListedOrder;
  field: CellField;
  text: string;
  values: EditableFields;
  /** The version it has made. */
  savedAs: number | null;
}

interface UseCellEdits {
  listQuery: string;
  onSaved(orderId: OrderId): void;
  say(message: string): void;
}

/**
 * Editing in the cells of the list. A cell shows its new value at once; whatever the server says to it comes back to
 * the cell, except for a conflict: that is the edit dialog's to solve, with what was typed here as its draft.
 */
export function useCellEdits({ listQuery, onSaved, say }: UseCellEdits) {
  const [editing, setEditing] = useState<CellEdit | null>(null);
  const [saves, setSaves] = useState<CellSave[]>([]);
  const [refused, setRefused] = useState<CellEdit[]>([]);
  const nextKey = useRef(1);
  const navigate = useNavigate();
  const shopDomain = useAppData()?.shop.domain ?? "";

  const open = useCallback((order: ListedOrder, field: CellField) => {
    setRefused((waiting) => waiting.filter((one) => one.order.id !== order.id || one.field !== field));
    setEditing({ order, field, text: null, problem: null, again: false });
  }, []);
  const close = useCallback(() => setEditing(null), []);

  const save = useCallback((order: ListedOrder, field: CellField, text: string) => {
    const values = { ...pickEditableFields(order), [field]: normaliseText(text) };
    setEditing(null);
    if (values[field] === order[field]) return;
    const key = nextKey.current;
    nextKey.current += 1;
    setSaves((all) => [...all, { key, order, field, text, values, savedAs: null }]);
  }, []);

  const answered = (one: CellSave, answer: EditAnswer) => {
    const { order, field, text, key } = one;
    const drop = () => setSaves((all) => all.filter((other) => other.key !== key));
    if (answer.saved) {
      const savedAs = answer.saved.version;
      setSaves((all) => all.map((other) => (other.key === key ? { ...other, savedAs } : other)));
      say(`${order.name} saved as version ${savedAs}.`);
      return onSaved(order.id);
    }
    drop();
    if (answer.conflict) {
      keepDraft(draftKey(shopDomain, order.id), {
        opened: { version: order.version, values: pickEditableFields(order) },
        typed: toTyped(one.values),
        choices: {},
        savedAt: new Date().toISOString(),
        cancelled: false,
      });
      return navigate(`/app/orders/${order.id}/edit${listQuery}`, { preventScrollReset: true });
    }
    const problem = describeRefusal(answer, field);
    say(`${order.name} was not saved. ${problem}`);
    const again = answer.trouble === "unreachable";
    setRefused((waiting) => [...waiting, { order, field, text, problem, again }]);
  };

  /** What the rows show before the list has read it. */
  const previews = useMemo(() => {
    const byOrder = new Map<string, CellSave[]>();
    for (const one of saves) byOrder.set(one.order.id, [...(byOrder.get(one.order.id) ?? []), one]);
    return byOrder;
  }, [saves]);

  /** Takes away the previews that the list has caught up with. */
  const settle = useCallback((rows: readonly ListedOrder[]) => {
    setSaves((all) => {
      const open = all.filter(({ order, savedAs }) => {
        const row = savedAs === null ? null : rows.find(({ id }) => id === order.id);
        return savedAs === null || (row !== undefined && row !== null && row.version < savedAs);
      });
      return open.length === all.length ? all : open;
    });
  }, []);

  // What was refused opens again by itself, but never in the place of what somebody is typing.
  const shown = editing ?? refused[0] ?? null;
  const closeShown = useCallback(() => {
    if (editing) close();
    else setRefused((waiting) => waiting.slice(1));
  }, [editing, close]);
  const saveShown = useCallback(
    (order: ListedOrder, field: CellField, text: string) => {
      if (!editing) setRefused((waiting) => waiting.slice(1));
      save(order, field, text);
    },
    [editing, save],
  );
  return { editing: shown, open, close: closeShown, save: saveShown, saves, answered, previews, settle };
}

function describeRefusal(answer: EditAnswer, field: CellField): string {
  const error = answer.errors?.[field]?.[0] ?? Object.values(answer.errors ?? {})[0]?.[0];
  if (error) return error;
  if (answer.gone) return "The order is gone: it was deleted at Shopify.";
  if (answer.trouble === "signed_out")
    return "Your session has ended. Open the app again from your Shopify admin.";
  if (answer.trouble === "uninstalled") return "The app was uninstalled.";
  return "The server does not answer.";
}

/** An order with what is being saved in its place. */
export function withPreviews(order: ListedOrder, saves: readonly CellSave[] | undefined): ListedOrder {
  if (!saves) return order;
  const shown = { ...order };
  for (const { field, values } of saves) Object.assign(shown, { [field]: values[field] });
  return shown;
}
