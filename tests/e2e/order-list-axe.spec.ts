import { AxeBuilder } from "@axe-core/playwright";
import { anna, button, expect, row, test } from "./journey.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the list of orders, ${colorScheme}`, async ({ openAs, simulator, shop }) => {
    const { app, page } = await openAs(anna, "app/orders", { colorScheme, reducedMotion: "reduce" });
    const { name } = await simulator.createOrder(shop, { financialStatus: "pending", test: true });
    await expect(row(app, name)).toBeVisible();
    const violations = async () => {
      const { violations: found, passes } = await new AxeBuilder({ page })
        .include(["#app-frame", "html"])
        .analyze();
      expect(passes.flatMap(({ nodes }) => nodes).some(({ html }) => html.includes("aria-rowindex"))).toBe(
        true,
      );
      return found.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
      );
    };
    expect(await violations()).toEqual([]);

    await app.locator("summary").filter({ hasText: "Columns" }).click();
    expect(await violations()).toEqual([]);
    await row(app, name).getByRole("checkbox").check();
    await row(app, name)
      .getByRole("button", { name: /edit status/ })
      .click();
    await expect(button(app, "Clear")).toBeVisible();
    expect(await violations()).toEqual([]);
  });
}
