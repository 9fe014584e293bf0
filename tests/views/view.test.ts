import { expect, test } from "vitest";
import { customerListScreen } from "../../app/customers/customer-list-screen.ts";
import { parseListAddress } from "../../app/orders/list-address.ts";
import { orderListScreen } from "../../app/orders/order-list-screen.ts";
import { describeSavedView, describeViewChange } from "../../app/views/describe-view-change.ts";
import { openDefaultView } from "../../app/views/open-default-view.ts";
import {
  findTab,
  isModified,
  listTabs,
  type SavedView,
  stateOf,
  viewNameSchema,
  viewSearch,
} from "../../app/views/view.ts";

const view: SavedView = {
  id: "0190a4b2-0000-7000-8000-000000000001",
  name: "To pack",
  team: false,
  version: 1,
  query: "status:confirmed total:>=100",
  sort: "total-desc",
  columns: ["customer", "total"],
};
const tabs = listTabs(orderListScreen, [view]);
const address = (search: string) => parseListAddress(new URLSearchParams(search));
const own = { ...view, key: view.id };

test("a view's address shows exactly the view", () => {
  const search = viewSearch(orderListScreen, own);
  expect(isModified(orderListScreen, view, stateOf(address(search)))).toBe(false);
  expect(findTab(orderListScreen, tabs, address(search))?.name).toBe("To pack");
});

test.each([
  [
    "another order of conditions and more space",
    "q=total:>=100++status:confirmed&sort=total-desc&columns=customer,total",
    false,
  ],
  ["another condition", "q=status:confirmed&sort=total-desc&columns=customer,total", true],
  [
    "one condition more",
    "q=status:confirmed+total:>=100+-tag:hold&sort=total-desc&columns=customer,total",
    true,
  ],
  ["another direction", "q=status:confirmed+total:>=100&sort=total-asc&columns=customer,total", true],
  ["columns in another order", "q=status:confirmed+total:>=100&sort=total-desc&columns=total,customer", true],
  ["the usual columns", "q=status:confirmed+total:>=100&sort=total-desc", true],
  [
    "a faulty condition more",
    "q=status:confirmed+total:>=100+nonsense:1&sort=total-desc&columns=customer,total",
    true,
  ],
])("with %s it is modified or not as it should be", (_, search, modified) => {
  expect(isModified(orderListScreen, view, stateOf(address(search)))).toBe(modified);
});

test("a view without columns of its own is not modified by naming the usual ones", () => {
  const all = listTabs(orderListScreen, [])[0];
  const columns = orderListScreen.usualColumns.join();
  expect(all && isModified(orderListScreen, all, stateOf(address(`columns=${columns}`)))).toBe(false);
});

test("a view that keeps a column or a sort which is no more shows without it and is not modified", () => {
  const old = { ...own, sort: "weather-desc", columns: ["weather", "total"] };
  expect(viewSearch(orderListScreen, old)).toBe(
    `?view=${view.id}&q=status%3Aconfirmed+total%3A%3E%3D100&columns=total`,
  );
  expect(isModified(orderListScreen, old, stateOf(address(viewSearch(orderListScreen, old))))).toBe(false);
});

test("an address without a view belongs to the tab that shows the same, else to the first", () => {
  expect(findTab(orderListScreen, tabs, address("q=status:shipped"))?.name).toBe("Shipped");
  expect(findTab(orderListScreen, tabs, address("q=tag:vip"))?.name).toBe("All");
  expect(findTab(orderListScreen, tabs, address("view=unknown&q=tag:vip"))?.name).toBe("All");
});

test("a list opened without saying which leads to the person's default view, and keeps what else the address says", () => {
  const open = (url: string, defaultView: string | null) =>
    openDefaultView(orderListScreen, { views: [view], defaultView }, new URL(`https://desk.example${url}`));
  expect(open("/app/orders?saved=saved.3&_data=routes%2Fapp.orders&shop=a.myshopify.com", view.id)).toBe(
    `/app/orders${viewSearch(orderListScreen, own)}&saved=saved.3&shop=a.myshopify.com`,
  );
  expect(open("/app/orders", "shipped")).toBe("/app/orders?view=shipped&q=status%3Ashipped");
});

test.each([
  ["/app/orders", null, "without a default"],
  ["/app/orders", "all", "when the default is the usual list"],
  ["/app/orders", "0190a4b2-0000-7000-8000-00000000dead", "when the default is gone"],
  ["/app/orders?q=", view.id, "when the address says to search for nothing"],
  ["/app/orders?view=all", view.id, "when another view is named"],
  ["/app/orders/0190a4b2-0000-7000-8000-000000000002/edit", view.id, "while a dialog is open above the list"],
])("%s with the default %s leads nowhere else, %s", (url, defaultView, _why) => {
  expect(
    openDefaultView(orderListScreen, { views: [view], defaultView }, new URL(`https://desk.example${url}`)),
  ).toBeNull();
});

test("every built-in view of both lists is read without an error and shows as its own tab", () => {
  for (const screen of [orderListScreen, customerListScreen]) {
    for (const tab of listTabs(screen, [])) {
      const found = screen.addresses.parseListAddress(new URLSearchParams(viewSearch(screen, tab)));
      expect(findTab(screen, listTabs(screen, []), { ...found, view: null })?.key).toBe(tab.key);
    }
  }
});

test("a name is one line of up to sixty characters", () => {
  expect(viewNameSchema.parse("  To\r\n pack ")).toBe("To pack");
  expect(viewNameSchema.safeParse(" \n ").error?.issues[0]?.message).toBe("Give the view a name.");
  expect(viewNameSchema.safeParse("x".repeat(61)).success).toBe(false);
});

test("what others made of a view is told in sentences", () => {
  expect(
    describeViewChange(view, {
      ...view,
      name: "Packing",
      query: "",
      sort: "created-desc",
      columns: [],
      team: true,
    }),
  ).toEqual([
    "It was renamed to “Packing”.",
    "It has no filters any more.",
    "It is sorted differently.",
    "It shows other columns.",
    "It is shared with the team now.",
  ]);
});

test("only a saved view's own words are announced, whatever an address says", () => {
  expect(describeSavedView("view.deleted.orders.abc")).toEqual({
    text: "View deleted.",
    undo: { screen: "orders", viewId: "abc" },
  });
  expect(describeSavedView("view.renamed")).toEqual({ text: "View renamed.", undo: null });
  for (const text of [null, "view", "view.toString", "view.buy-now", "saved.3"])
    expect(describeSavedView(text)).toBeNull();
});
