import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparePlaces } from "../../app/list/compare-places.ts";
import type { ListPage } from "../../app/list/list-kind.ts";
import {
  type ListEvent,
  type LoadedList,
  listReducer,
  missingFrom,
  openList,
  placeOf,
} from "../../app/list/list-store.ts";

interface Row {
  id: string;
  note: string | null;
  version: number;
  sortKey: string;
}

/** A row as far as a list looks at it; its total is what the list is sorted by. */
const listed = (id: string, total: number, version = 1): Row => ({
  id,
  note: null,
  version,
  sortKey: String(total),
});

const compare = comparePlaces("bigint", "desc");
const byPlace = (a: Row, b: Row) => compare(placeOf(a), placeOf(b));

/** What the server answers for a page of these orders. */
function pageOf(orders: Row[], limit: number, edge: { after?: Row; before?: Row } = {}): ListPage<Row> {
  const { after, before } = edge;
  const sorted = [...orders].sort(byPlace);
  const side = sorted.filter((row) =>
    after ? byPlace(row, after) > 0 : before ? byPlace(row, before) < 0 : true,
  );
  const rows = before ? side.slice(-limit) : side.slice(0, limit);
  const [first, last] = [rows[0], rows.at(-1)];
  const more = side.length > limit;
  const hasBefore = before ? more : Boolean(after);
  const hasAfter = before ? true : more;
  return {
    rows,
    before: hasBefore ? (first ? placeOf(first) : after ? placeOf(after) : null) : null,
    after: hasAfter ? (last ? placeOf(last) : before ? placeOf(before) : null) : null,
  };
}

const ids = (list: LoadedList<Row>) => list.rows.map(({ id }) => String(id));
const ten = Array.from({ length: 10 }, (_, i) => listed(String.fromCharCode(97 + i), 100 - i * 10));
const open = (orders = ten, limit = 5) => openList("bigint", "desc", pageOf(orders, limit));
const run = (list: LoadedList<Row>, ...events: ListEvent<Row>[]) => events.reduce(listReducer, list);
const patched = (asked: string[], rows: Row[], hold = false): ListEvent<Row> => ({
  type: "patched",
  asked,
  rows,
  hold,
});

describe("pages", () => {
  test("the rows beyond an edge are appended, and the list's end is known", () => {
    const list = open();
    const page = pageOf(ten, 5, { after: ten[4] });
    const grown = run(list, { type: "loaded", side: "after", from: list.after ?? neverThere(), page });
    expect(ids(grown)).toEqual([..."abcdefghij"]);
    expect(grown.after).toBeNull();
  });

  test("an answer for an edge that has moved since changes nothing", () => {
    const list = open();
    const page = pageOf(ten, 3, { after: ten[4] });
    const event: ListEvent<Row> = { type: "loaded", side: "after", from: list.after ?? neverThere(), page };
    const once = run(list, event);
    expect(run(once, event)).toBe(once);
  });

  test("rows before an edge are put in front", () => {
    const list = openList("bigint", "desc", pageOf(ten, 5, { after: ten[4] }));
    const page = pageOf(ten, 2, { before: ten[5] });
    const grown = run(list, { type: "loaded", side: "before", from: list.before ?? neverThere(), page });
    expect(ids(grown)).toEqual([..."defghij"]);
    expect(grown.before).toEqual(page.before);
  });
});

describe("live patches", () => {
  test("an order is changed in its place", () => {
    const list = run(open(), patched(["b"], [{ ...listed("b", 90, 2), note: "New" }]));
    expect(ids(list)).toEqual([..."abcde"]);
    expect(list.rows[1]?.note).toBe("New");
    expect([...list.changed]).toEqual(["b"]);
  });

  test("an order that does not match any more is taken out", () => {
    expect(ids(run(open(), patched(["b"], [])))).toEqual([..."acde"]);
  });

  test("an order whose place has changed moves there", () => {
    expect(ids(run(open(), patched(["a"], [listed("a", 75, 2)])))).toEqual([..."bcade"]);
  });

  test("an order that moves beyond what is loaded leaves the rows until it is scrolled to", () => {
    expect(ids(run(open(), patched(["a"], [listed("a", 5, 2)])))).toEqual([..."bcde"]);
  });

  test("the edge stays where it was when its row leaves", () => {
    const list = run(open(), patched(["e"], []));
    expect(list.after).toEqual({ key: "60", id: "e" });
    expect(ids(run(list, patched(["x"], [listed("x", 65)])))).toEqual([..."abcdx"]);
  });

  test("a read that is older than what is known changes nothing", () => {
    const list = run(open(), patched(["b"], [listed("b", 90, 3)]), patched(["b"], [listed("b", 10, 2)]));
    expect(list.rows[1]?.version).toBe(3);
  });

  test("a new order at the top waits while somebody reads further down, and comes in when asked for", () => {
    const list = run(open(), patched(["x"], [listed("x", 500)], true));
    expect(ids(list)).toEqual([..."abcde"]);
    expect(list.held.map(({ id }) => String(id))).toEqual(["x"]);
    const shown = run(list, { type: "released" });
    expect(ids(shown)).toEqual([..."xabcde"]);
    expect(shown.held).toEqual([]);
  });

  test("an order that waits and is deleted does not wait any more", () => {
    const list = run(open(), patched(["x"], [listed("x", 500)], true), patched(["x"], []));
    expect(list.held).toEqual([]);
  });

  test("an order already shown moves to the top although others wait", () => {
    const list = run(open(), patched(["c"], [listed("c", 500, 2)], true));
    expect(ids(list)).toEqual([..."cabde"]);
  });

  test("above rows that others come before, nothing is taken for the newest", () => {
    const list = openList("bigint", "desc", pageOf(ten, 3, { after: ten[4] }));
    expect(ids(run(list, patched(["x"], [listed("x", 500)], true)))).toEqual([..."fgh"]);
  });
});

describe("rows without a version of their own", () => {
  const read = (note: string, readAt: number) => ({ id: "a", sortKey: "1", note, readAt });
  const list = openList("bigint", "desc", { rows: [read("Old", 5)], before: null, after: null });
  const patch = (row: ReturnType<typeof read>) =>
    listReducer(list, { type: "patched", asked: ["a"], rows: [row], hold: false });

  test("a reading from before a change that is known already changes nothing", () => {
    expect(patch(read("Older", 4)).rows).toEqual([read("Old", 5)]);
  });

  test("a later reading is shown, and marked as changed only if it says something else", () => {
    expect(patch(read("New", 6))).toMatchObject({ rows: [read("New", 6)], changed: new Set(["a"]) });
    expect(patch(read("Old", 6))).toMatchObject({ rows: [read("Old", 6)], changed: new Set() });
  });
});

describe("reading again", () => {
  test("what has come in and gone meanwhile is taken over, without moving an edge", () => {
    const list = open();
    const now = [listed("x", 95), ...ten.filter(({ id }) => id !== "b")];
    const page = pageOf(now, 5);
    expect(missingFrom(list, page, null)).toEqual(["b"]);
    const read = run(list, { type: "reread", from: null, page, hold: false }, patched(["b"], []));
    expect(ids(read)).toEqual([..."axcde"]);
    expect(read.after).toEqual(list.after);
  });

  test("more news than a page holds begins the list anew at its top", () => {
    const news = Array.from({ length: 20 }, (_, i) => listed(`n${i}`, 1000 - i));
    const page = pageOf([...news, ...ten], 5);
    const read = run(open(), { type: "reread", from: null, page, hold: false });
    expect(ids(read)).toEqual(["n0", "n1", "n2", "n3", "n4"]);
    expect(read.after).toEqual(page.after);
  });

  test("more news than a page holds leaves a reader further down in peace and opens the way up", () => {
    const news = Array.from({ length: 20 }, (_, i) => listed(`n${i}`, 1000 - i));
    const page = pageOf([...news, ...ten], 5);
    const read = run(open(), { type: "reread", from: null, page, hold: true });
    expect(ids(read)).toEqual([..."abcde"]);
    expect(read.before).toEqual({ key: "100", id: "a" });
  });

  test("rows behind a stretch of unknown ones are loaded again", () => {
    const news = Array.from({ length: 20 }, (_, i) => listed(`n${i}`, 85 - i / 100));
    const all = [...ten, ...news.map((row, i) => listed(row.id, 8500 - i))].map((row) =>
      row.id.startsWith("n") ? row : listed(row.id, Number(row.sortKey) * 100),
    );
    const list = openList("bigint", "desc", pageOf(all.slice(0, 10), 5));
    const from = placeOf(list.rows[1] ?? neverThere());
    const page = pageOf(all, 4, { after: list.rows[1] });
    const read = run(list, { type: "reread", from, page, hold: false });
    expect(ids(read)).toEqual(["a", "b", "n0", "n1", "n2", "n3"]);
    expect(read.after).toEqual(page.after);
  });
});

/** A change of the shop's orders, and whether the reader is away from the top when it is heard of. */
const change = fc.record({
  id: fc.integer({ min: 0, max: 30 }).map((n) => `o${String(n).padStart(2, "0")}`),
  total: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
  hold: fc.boolean(),
  next: fc.constantFrom("nothing", "more", "earlier", "release", "reread"),
});

test("whatever happens, the rows are what the database has between the edges, in its order", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), fc.integer({ min: 0, max: 18 }), (changes, start) => {
      const orders = new Map<string, Row>();
      for (let n = 0; n < 20; n += 1) {
        const id = `o${String(n).padStart(2, "0")}`;
        orders.set(id, listed(id, n));
      }
      const all = () => [...orders.values()];
      const edge = [...all()].sort(byPlace)[start];
      let list = openList("bigint", "desc", pageOf(all(), 5, edge ? { after: edge } : {}));
      let version = 1;
      for (const { id, total, hold, next } of changes) {
        version += 1;
        if (total === null) orders.delete(id);
        else orders.set(id, listed(id, total, version));
        list = run(list, patched([id], total === null ? [] : [listed(id, total, version)], hold));
        if (next === "release") list = run(list, { type: "released" });
        if (next === "more" && list.after) {
          const page = pageOf(all(), 4, { after: placeholder(list.after) });
          list = run(list, { type: "loaded", side: "after", from: list.after, page });
        }
        if (next === "earlier" && list.before) {
          const page = pageOf(all(), 4, { before: placeholder(list.before) });
          list = run(list, { type: "loaded", side: "before", from: list.before, page });
        }
        if (next === "reread" && !list.before) {
          const page = pageOf(all(), 5);
          list = run(list, { type: "reread", from: null, page, hold });
        }
        const shown = [...list.held, ...list.rows];
        const expected = all()
          .filter((row) => !list.before || compare(placeOf(row), list.before) >= 0)
          .filter((row) => !list.after || compare(placeOf(row), list.after) <= 0)
          .sort(byPlace);
        expect(shown.sort(byPlace)).toEqual(expected);
        expect([...list.rows].sort(byPlace)).toEqual(list.rows);
      }
    }),
  );
});

/** Stands at a place where no order needs to stand any more. */
const placeholder = ({ key, id }: { key: string; id: string }) => listed(id, Number(key));

function neverThere(): never {
  throw new Error("the list has such a place");
}
