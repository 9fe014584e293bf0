import { expect, test } from "vitest";
import { type EditAnswer, noAnswer } from "../../app/orders/edit-answer.ts";
import {
  compare,
  type EditFormEvent,
  type EditFormState,
  editFormReducer,
  isDirty,
  type OrderSnapshot,
  openForm,
  undecided,
} from "../../app/orders/edit-form-state.ts";
import type { EditableField, EditableFields } from "../../app/orders/order.ts";

const values: EditableFields = {
  status: "PENDING",
  trackingCompany: null,
  trackingNumber: null,
  note: "Ring twice",
};
const order = (version: number, changes: Partial<EditableFields> = {}): OrderSnapshot => ({
  version,
  values: { ...values, ...changes },
});
const typed = (field: EditableField, value: string): EditFormEvent => ({
  type: "typed",
  field,
  value,
  at: "2026-03-01T10:00:00.000Z",
});
const read = (version: number, changes: Partial<EditableFields> = {}): EditFormEvent => ({
  type: "read",
  order: order(version, changes),
});
const answered = (answer: Partial<EditAnswer>): EditFormEvent => ({
  type: "answered",
  answer: { ...noAnswer, ...answer },
});
const play = (...events: EditFormEvent[]): EditFormState =>
  events.reduce(editFormReducer, openForm(order(3)));
const conflict = (version: number, theirs: string | null) => ({
  version,
  conflicts: [
    {
      field: "note" as const,
      base: "Ring twice",
      mine: "Ring once",
      theirs,
      changedBy: "Ben Costa",
      changedAt: "2026-03-01T10:00:00.000Z",
    },
  ],
  merged: { ...values, note: theirs },
});

test("an untouched form shows the new values and is opened at their version", () => {
  const state = play(read(4, { note: "Ring once" }));
  expect(state.opened.version).toBe(4);
  expect(state.typed.note).toBe("Ring once");
  expect(isDirty(state)).toBe(false);
});

test("a live update never moves the version or the base of a form with unsaved changes", () => {
  const state = play(
    typed("note", "Ring once"),
    read(4, { note: "Call first" }),
    read(5, { note: "Call me" }),
  );
  expect(state.opened).toEqual(order(3));
  expect(state.typed.note).toBe("Ring once");
  expect(state.latest.version).toBe(5);
});

test("a live change to the same field is a conflict with both values and the one both started from", () => {
  const state = play(typed("note", "Ring once"), read(4, { note: "Call first" }));
  expect(compare(state).conflicts).toEqual([
    { field: "note", base: "Ring twice", mine: "Ring once", theirs: "Call first" },
  ]);
});

test("a field that only others changed is taken over without a question", () => {
  const state = play(typed("note", "Ring once"), read(4, { trackingNumber: "123" }));
  expect(compare(state)).toMatchObject({ conflicts: [], takenOver: ["trackingNumber"], mine: ["note"] });
});

test("an older answer that arrives late changes nothing", () => {
  const state = play(
    typed("note", "Ring once"),
    read(5, { note: "Call me" }),
    read(4, { note: "Call first" }),
  );
  expect(state.latest).toEqual(order(5, { note: "Call me" }));
});

test("typing the old value again makes the form untouched, and then it catches up", () => {
  const state = play(
    typed("note", "Ring once"),
    read(4, { trackingNumber: "123" }),
    typed("note", "Ring twice"),
  );
  expect(isDirty(state)).toBe(false);
  expect(state.opened.version).toBe(4);
  expect(state.typed.trackingNumber).toBe("123");
});

test("spaces and line ends that are not stored are no change", () => {
  expect(isDirty(play(typed("note", "  Ring twice\r\n")))).toBe(false);
  expect(isDirty(play(typed("trackingCompany", "   ")))).toBe(false);
});

test("a decision is open again when the server's value changes once more", () => {
  const chosen: EditFormEvent = { type: "chose", field: "note", choice: "mine" };
  const state = play(typed("note", "Ring once"), read(4, { note: "Call first" }), chosen);
  expect(state.choices).toEqual({ note: "mine" });
  expect(editFormReducer(state, read(5, { note: "Call first", trackingNumber: "1" })).choices).toEqual({
    note: "mine",
  });
  expect(editFormReducer(state, read(5, { note: "Call me" })).choices).toEqual({});
});

test("a field waits for a choice until it has one, and says so once its save was asked for", () => {
  const state = play(typed("note", "Ring once"), read(4, { note: "Call first" }));
  expect(undecided(state)).toEqual(["note"]);
  const pressed = editFormReducer(state, { type: "pressed" });
  expect(pressed.pressed).toBe(true);
  const chosen = editFormReducer(pressed, { type: "chose", field: "note", choice: "theirs" });
  expect(undecided(chosen)).toEqual([]);
});

test("a status that cannot be saved any more leaves nothing to choose", () => {
  const state = play(typed("status", "SHIPPED"), read(4, { status: "CANCELLED" }));
  expect(compare(state).conflicts).toHaveLength(1);
  expect(undecided(state)).toEqual([]);
});

test("an uninstalled app is told with the form left as it was", () => {
  const state = play(typed("note", "Ring once"), answered({ trouble: "uninstalled" }));
  expect(state).toMatchObject({ trouble: "uninstalled", typed: { note: "Ring once" } });
});

test("a refused save shows the conflict of its answer, even before the order is read again", () => {
  const state = play(typed("note", "Ring once"), answered({ conflict: conflict(4, "Call first") }));
  expect(state).toMatchObject({ refused: true, opened: { version: 3 }, latest: { version: 4 }, answers: 1 });
  expect(compare(state).conflicts).toMatchObject([{ mine: "Ring once", theirs: "Call first" }]);
  expect(state.typed.note).toBe("Ring once");
});

test("the server's values are read out of an answer whose merge holds mine", () => {
  const mineToo = conflict(4, "Call first");
  mineToo.merged = { ...mineToo.merged, trackingCompany: "DHL", trackingNumber: "123" };
  const state = play(
    typed("note", "Ring once"),
    typed("trackingCompany", "DHL"),
    answered({ conflict: mineToo }),
  );
  expect(state.latest.values).toEqual({ ...values, note: "Call first", trackingNumber: "123" });
  expect(compare(state)).toMatchObject({ mine: ["trackingCompany"], takenOver: ["trackingNumber"] });
});

test("errors stand at their fields until these are typed in again", () => {
  const state = play(
    typed("note", "x"),
    answered({ errors: { note: ["Too long."], status: ["Not allowed."] } }),
  );
  expect(state.errors).toMatchObject({ note: "Too long.", status: "Not allowed." });
  expect(editFormReducer(state, typed("note", "y")).errors).toMatchObject({
    note: undefined,
    status: "Not allowed.",
  });
});

test("a save without an answer keeps what was typed and the version it was opened at", () => {
  const state = play(typed("note", "Ring once"), answered({ trouble: "unreachable" }));
  expect(state).toMatchObject({
    trouble: "unreachable",
    opened: { version: 3 },
    typed: { note: "Ring once" },
  });
});

test("an order that is gone leaves the text where it was", () => {
  const state = play(typed("note", "Ring once"), { type: "read", order: null });
  expect(state).toMatchObject({ gone: true, typed: { note: "Ring once" } });
});

test("a restored draft is compared with what the order has become", () => {
  const draft = {
    opened: order(3),
    typed: { status: "PENDING" as const, trackingCompany: "", trackingNumber: "", note: "Ring once" },
    choices: { note: "mine" as const },
    savedAt: "2026-03-01T10:00:00.000Z",
    cancelled: false,
  };
  const state = editFormReducer(openForm(order(4, { note: "Call first" })), { type: "restored", draft });
  expect(state).toMatchObject({ opened: { version: 3 }, restoredFrom: draft.savedAt, choices: {} });
  expect(compare(state).conflicts).toHaveLength(1);
  const discarded = editFormReducer(state, { type: "discarded" });
  expect(discarded).toMatchObject({
    opened: { version: 4 },
    typed: { note: "Call first" },
    restoredFrom: null,
  });
});

test("a draft of a version that this order never had is left alone", () => {
  const draft = {
    opened: order(9),
    typed: { status: "PENDING" as const, trackingCompany: "", trackingNumber: "", note: "Ring once" },
    choices: {},
    savedAt: "2026-03-01T10:00:00.000Z",
    cancelled: false,
  };
  expect(isDirty(editFormReducer(openForm(order(4)), { type: "restored", draft }))).toBe(false);
});

test("a page that was posted without a script starts with what was typed, at the version it was opened at", () => {
  const submitted = {
    version: 3,
    status: "PENDING" as const,
    trackingCompany: "DHL",
    trackingNumber: "",
    note: "Ring once",
  };
  const refused = conflict(4, "Call first");
  refused.merged = { ...refused.merged, trackingCompany: "DHL", trackingNumber: "123" };
  const state = openForm(order(4, { note: "Call first", trackingNumber: "123" }), {
    ...noAnswer,
    conflict: refused,
    submitted,
  });
  expect(state).toMatchObject({
    refused: true,
    opened: { version: 3 },
    typed: { note: "Ring once", trackingCompany: "DHL" },
  });
  expect(compare(state)).toMatchObject({
    conflicts: [{ field: "note", base: "Ring twice", mine: "Ring once", theirs: "Call first" }],
    mine: ["trackingCompany"],
    takenOver: ["trackingNumber"],
  });
});
