import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Actor, ShopId } from "../../app/shops/shop.ts";
import {
  changeView,
  createView,
  deleteView,
  moveView,
  restoreView,
  setDefaultView,
} from "../../app/views/save-view.server.ts";
import { listSavedViews } from "../../app/views/saved-views.server.ts";
import type { ViewState } from "../../app/views/view.ts";
import { createShop, openAppContext } from "../support/app-context.ts";

const context = openAppContext();
const anna: Actor = { kind: "merchant", id: "1001", name: "Anna Berg" };
const ben: Actor = { kind: "merchant", id: "1002", name: "Ben Costa" };
const state: ViewState = { query: "status:shipped", sort: "total-desc", columns: ["customer", "total"] };

const newShop = async () => (await createShop(context.db)).shopId;

async function create(shopId: ShopId, name: string, { actor = anna, team = false } = {}) {
  const result = await createView(context.db, { shopId, actor, screen: "orders", name, team, state });
  if (result.outcome !== "saved") throw new Error(result.outcome);
  return result.view;
}

const list = (shopId: ShopId, actor: Actor) => listSavedViews(context.db, shopId, actor, "orders");
const names = async (shopId: ShopId, actor: Actor) =>
  (await list(shopId, actor)).views.map(({ name }) => name);

test("a view keeps the query, the sort and the columns in their order", async () => {
  const shopId = await newShop();
  const view = await create(shopId, "To pack");
  expect((await list(shopId, anna)).views).toEqual([
    { id: view.id, name: "To pack", team: false, version: 1, ...state },
  ]);
});

test("a private view is there for its owner alone, a team view for everybody, the team's first", async () => {
  const shopId = await newShop();
  await create(shopId, "Anna's");
  await create(shopId, "Ben's", { actor: ben });
  await create(shopId, "Ours", { actor: ben, team: true });
  expect(await names(shopId, anna)).toEqual(["Ours", "Anna's"]);
  expect(await names(shopId, ben)).toEqual(["Ours", "Ben's"]);
});

test("a view of one screen is no view of another", async () => {
  const shopId = await newShop();
  await create(shopId, "To pack");
  expect((await listSavedViews(context.db, shopId, anna, "customers")).views).toEqual([]);
});

test("nobody changes, moves, deletes or restores another's private view, nor any view of another shop", async () => {
  const shopId = await newShop();
  const theirs = await create(shopId, "Anna's");
  const ours = await create(shopId, "Ours", { team: true });
  const strangers: { shopId: ShopId; actor: Actor; viewId: string }[] = [
    { shopId, actor: ben, viewId: theirs.id },
    { shopId: await newShop(), actor: anna, viewId: theirs.id },
    { shopId: await newShop(), actor: anna, viewId: ours.id },
    { shopId, actor: anna, viewId: randomUUID() },
  ];
  for (const stranger of strangers) {
    const answers = [
      await changeView(context.db, { ...stranger, openedVersion: 1, change: { name: "Mine" } }),
      await deleteView(context.db, { ...stranger, openedVersion: 1 }),
      await restoreView(context.db, stranger),
      await moveView(context.db, { ...stranger, by: 1 }),
    ];
    expect(answers).toEqual(answers.map(() => ({ outcome: "not_found" })));
  }
  expect(await names(shopId, anna)).toEqual(["Ours", "Anna's"]);
});

test("of two changes to one version the second is told what stands there now, and writes nothing", async () => {
  const shopId = await newShop();
  const { id } = await create(shopId, "Ours", { team: true });
  const change = { shopId, viewId: id, openedVersion: 1 };
  expect(await changeView(context.db, { ...change, actor: ben, change: { name: "Packing" } })).toMatchObject({
    outcome: "saved",
    view: { name: "Packing", version: 2 },
  });
  expect(
    await changeView(context.db, { ...change, actor: anna, change: { query: "is:test" } }),
  ).toMatchObject({ outcome: "conflict", view: { name: "Packing", query: "status:shipped", version: 2 } });
  expect(await deleteView(context.db, { ...change, actor: anna })).toMatchObject({ outcome: "conflict" });
  expect((await list(shopId, anna)).views).toMatchObject([{ name: "Packing", query: "status:shipped" }]);
});

test("of twenty changes in the same instant exactly one is saved", async () => {
  const shopId = await newShop();
  const { id } = await create(shopId, "Ours", { team: true });
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      changeView(context.db, {
        shopId,
        actor: at % 2 ? anna : ben,
        viewId: id,
        openedVersion: 1,
        change: { name: `Name ${at}` },
      }),
    ),
  );
  expect(outcomes.filter(({ outcome }) => outcome === "saved")).toHaveLength(1);
});

test("a deleted view is gone until it is restored, and stands in its old place then", async () => {
  const shopId = await newShop();
  const first = await create(shopId, "First");
  await create(shopId, "Second");
  const gone = { shopId, actor: anna, viewId: first.id };
  await deleteView(context.db, { ...gone, openedVersion: 1 });
  expect(await names(shopId, anna)).toEqual(["Second"]);
  expect(await changeView(context.db, { ...gone, openedVersion: 2, change: { name: "X" } })).toEqual({
    outcome: "not_found",
  });
  expect(await restoreView(context.db, gone)).toMatchObject({ outcome: "saved", view: { name: "First" } });
  expect(await names(shopId, anna)).toEqual(["First", "Second"]);
});

test("a view moves one place at a time and stops at the ends of its row", async () => {
  const shopId = await newShop();
  await create(shopId, "Ours", { team: true });
  await create(shopId, "A");
  await create(shopId, "B");
  const c = await create(shopId, "C");
  const move = (by: -1 | 1) => moveView(context.db, { shopId, actor: anna, viewId: c.id, by });
  await move(-1);
  expect(await names(shopId, anna)).toEqual(["Ours", "A", "C", "B"]);
  await move(-1);
  await move(-1);
  expect(await names(shopId, anna)).toEqual(["Ours", "C", "A", "B"]);
  await move(1);
  expect(await names(shopId, anna)).toEqual(["Ours", "A", "C", "B"]);
});

test("moves of different views in the same instant end without a deadlock and lose no view", async () => {
  const shopId = await newShop();
  const views: { id: string }[] = [];
  for (const name of ["A", "B", "C", "D"]) views.push(await create(shopId, name, { team: true }));
  await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      moveView(context.db, {
        shopId,
        actor: at % 2 ? anna : ben,
        viewId: views[at % 4]?.id ?? "",
        by: at % 3 ? 1 : -1,
      }),
    ),
  );
  expect((await names(shopId, anna)).sort()).toEqual(["A", "B", "C", "D"]);
});

test("a shared view is everybody's, and one made private belongs to whoever made it so", async () => {
  const shopId = await newShop();
  const { id } = await create(shopId, "To pack");
  const change = { shopId, viewId: id };
  await changeView(context.db, { ...change, actor: anna, openedVersion: 1, change: { team: true } });
  expect(await names(shopId, ben)).toEqual(["To pack"]);
  await changeView(context.db, { ...change, actor: ben, openedVersion: 2, change: { team: false } });
  expect(await names(shopId, ben)).toEqual(["To pack"]);
  expect(await names(shopId, anna)).toEqual([]);
});

test("each person has one default for a screen, which ends when it is taken back", async () => {
  const shopId = await newShop();
  const { id } = await create(shopId, "Ours", { team: true });
  const choose = (actor: Actor, view: string | null) =>
    setDefaultView(context.db, { shopId, actor, screen: "orders", view });
  await choose(anna, id);
  await choose(ben, "shipped");
  expect((await list(shopId, anna)).defaultView).toBe(id);
  expect((await list(shopId, ben)).defaultView).toBe("shipped");
  await choose(anna, "review");
  await choose(ben, null);
  expect((await list(shopId, anna)).defaultView).toBe("review");
  expect((await list(shopId, ben)).defaultView).toBeNull();
});

test("a person keeps up to fifty views, and hears why there is no more room", async () => {
  const shopId = await newShop();
  for (let at = 0; at < 50; at += 1) await create(shopId, `View ${at}`);
  expect(
    await createView(context.db, { shopId, actor: anna, screen: "orders", name: "More", team: false, state }),
  ).toMatchObject({ outcome: "refused", reason: expect.stringContaining("50") });
  await create(shopId, "For all", { team: true });
});
