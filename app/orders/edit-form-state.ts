import { type ConflictChoice, type FieldConflict, type MergedEdit, mergeEdit } from "./conflict.ts";
import type { ConflictAnswer, EditAnswer, TypedValues } from "./edit-answer.ts";
import type { EditDraft } from "./edit-draft.ts";
import {
  describeAllowedMoves,
  type EditableField,
  type EditableFields,
  editableFields,
  isAllowedMove,
  normaliseText,
  type OrderStatus,
} from "./order.ts";

/** An order's values at one version. */
export interface OrderSnapshot {
  version: number;
  values: EditableFields;
}

/** Everything the edit form remembers. */
export interface EditFormState {
  /**
   * What the form was opened with: the version a save names, and the base of every comparison. While something is
   * typed nothing moves it, least of all a live update: the lock would compare against a version that nobody read.
   */
  opened: OrderSnapshot;
  typed: TypedValues;
  /** The newest values known of the server. */
  latest: OrderSnapshot;
  choices: Partial<Record<EditableField, ConflictChoice>>;
  errors: Partial<Record<EditableField, string>>;
  /** A save was refused for its conflicts; until the next save they are not just news but a question. */
  refused: boolean;
  /** A save of choices was asked for while one was missing: the fields without a choice say so. */
  pressed: boolean;
  trouble: EditAnswer["trouble"];
  gone: boolean;
  /** When something was last typed, ISO 8601. */
  typedAt: string | null;
  /** When the text was typed that an earlier visit left behind, ISO 8601. */
  restoredFrom: string | null;
  /** Counts the answers, so that the focus can go where each of them points. */
  answers: number;
}

export type EditFormEvent =
  | { type: "typed"; field: EditableField; value: string; at: string }
  | { type: "chose"; field: EditableField; choice: ConflictChoice }
  /** The choices cannot be saved yet: one is missing. */
  | { type: "pressed" }
  /** The loader has read the order again; null when it is gone. */
  | { type: "read"; order: OrderSnapshot | null }
  | { type: "answered"; answer: EditAnswer }
  | { type: "restored"; draft: EditDraft }
  | { type: "discarded" };

/** @param answer of a form that was posted without a script: its page starts with what was typed */
export function openForm(order: OrderSnapshot, answer: EditAnswer | null = null): EditFormState {
  const state: EditFormState = {
    opened: order,
    typed: toTyped(order.values),
    latest: order,
    choices: {},
    errors: {},
    refused: false,
    pressed: false,
    trouble: null,
    gone: false,
    typedAt: null,
    restoredFrom: null,
    answers: 0,
  };
  return answer ? applyAnswer(reopen(state, answer), answer) : state;
}

export function editFormReducer(state: EditFormState, event: EditFormEvent): EditFormState {
  switch (event.type) {
    case "typed": {
      const typed = { ...state.typed, [event.field]: event.value };
      const errors = { ...state.errors, [event.field]: undefined };
      return settle({ ...state, typed, errors, typedAt: event.at });
    }
    case "chose":
      return { ...state, choices: { ...state.choices, [event.field]: event.choice } };
    case "pressed":
      return { ...state, pressed: true };
    case "read":
      return applyRead(state, event.order);
    case "answered":
      return applyAnswer(state, event.answer);
    case "restored": {
      const { opened, typed, choices, savedAt } = event.draft;
      // A draft of a version that is not there yet would be a tale from another database.
      if (opened.version > state.latest.version) return state;
      const restored = { ...state, opened, typed, choices, typedAt: savedAt, restoredFrom: savedAt };
      // Decisions were made against values that may have changed while the form was closed.
      return opened.version === state.latest.version ? restored : { ...restored, choices: {} };
    }
    case "discarded":
      return { ...openForm(state.latest), gone: state.gone, answers: state.answers };
  }
}

/** Whether something is typed that a save would change. */
export const isDirty = ({ typed, opened }: EditFormState): boolean =>
  editableFields.some((field) => toValues(typed)[field] !== opened.values[field]);

/** What a save would meet, as far as we know: the same comparison as the server's. */
export const compare = ({ opened, typed, latest }: EditFormState): MergedEdit =>
  mergeEdit(opened.values, toValues(typed), latest.values);

/** The conflicts that still wait for a choice. Where only the server's value is possible there is none to make. */
export const undecided = (state: EditFormState): EditableField[] =>
  compare(state)
    .conflicts.filter((conflict) => !state.choices[conflict.field] && whyNotMine(conflict) === null)
    .map(({ field }) => field);

/** Why a typed status cannot be saved any more; null when it can. */
export function whyNotMine({ field, mine, theirs }: FieldConflict): string | null {
  if (field !== "status") return null;
  const [from, to] = [theirs as OrderStatus, mine as OrderStatus];
  return isAllowedMove(from, to) ? null : describeAllowedMoves(from);
}

export function toValues(typed: TypedValues): EditableFields {
  return {
    status: typed.status,
    trackingCompany: normaliseText(typed.trackingCompany),
    trackingNumber: normaliseText(typed.trackingNumber),
    note: normaliseText(typed.note),
  };
}

export function toTyped({ status, trackingCompany, trackingNumber, note }: EditableFields): TypedValues {
  return {
    status,
    trackingCompany: trackingCompany ?? "",
    trackingNumber: trackingNumber ?? "",
    note: note ?? "",
  };
}

function applyRead(state: EditFormState, order: OrderSnapshot | null): EditFormState {
  if (!order) return { ...state, gone: true };
  if (order.version <= state.latest.version) return state;
  return settle(meet(state, order));
}

function applyAnswer(state: EditFormState, answer: EditAnswer): EditFormState {
  const answered = {
    ...state,
    answers: state.answers + 1,
    trouble: answer.trouble,
    refused: false,
    pressed: false,
  };
  if (answer.gone) return { ...answered, gone: true };
  if (answer.trouble) return { ...answered, refused: state.refused };
  if (answer.conflict) {
    const { version } = answer.conflict;
    const met = { version, values: theirValues(answer.conflict, answered) };
    return {
      ...(version > state.latest.version ? meet(answered, met) : answered),
      errors: {},
      refused: true,
    };
  }
  const errors: EditFormState["errors"] = {};
  for (const field of editableFields) errors[field] = answer.errors?.[field]?.[0];
  return { ...answered, errors };
}

/** Takes note of newer values. A decision about a value that has changed once more is open again. */
function meet(state: EditFormState, latest: OrderSnapshot): EditFormState {
  const choices = { ...state.choices };
  for (const field of editableFields) {
    if (latest.values[field] !== state.latest.values[field]) delete choices[field];
  }
  return { ...state, latest, choices };
}

/** A form in which nothing is typed has nothing to protect: it shows, and is opened at, the newest values. */
function settle(state: EditFormState): EditFormState {
  if (isDirty(state) || state.opened.version === state.latest.version) return state;
  return {
    ...state,
    opened: state.latest,
    typed: toTyped(state.latest.values),
    choices: {},
    refused: false,
    pressed: false,
  };
}

/** The server's values behind a conflict: `merged` holds them, except where it holds mine. */
function theirValues(
  { conflicts, merged }: ConflictAnswer,
  { opened, typed }: EditFormState,
): EditableFields {
  const mine = toValues(typed);
  const values: Record<EditableField, string | null> = { ...merged };
  for (const field of editableFields) {
    if (mine[field] !== opened.values[field] && merged[field] === mine[field])
      values[field] = opened.values[field];
  }
  for (const { field, theirs } of conflicts) values[field] = theirs;
  return values as EditableFields;
}

/** The form as it was when it was posted. Its base is known where it conflicts; elsewhere one side has kept it. */
function reopen(state: EditFormState, { submitted, conflict }: EditAnswer): EditFormState {
  if (!submitted) return state;
  const { version, status, ...texts } = submitted;
  const typed = { ...texts, status: status ?? state.latest.values.status };
  if (!conflict)
    return { ...state, typed, opened: { ...state.opened, version: version ?? state.opened.version } };
  const base: Record<EditableField, string | null> = { ...state.latest.values };
  const mine = toValues(typed);
  for (const field of editableFields) {
    if (conflict.merged[field] !== mine[field]) base[field] = mine[field];
  }
  for (const one of conflict.conflicts) base[one.field] = one.base;
  return {
    ...state,
    typed,
    opened: { version: version ?? state.opened.version, values: base as EditableFields },
  };
}
