import { AxeBuilder } from "@axe-core/playwright";
import { anna, expect, test } from "./journey.ts";
import { screensToVisit } from "./screens.ts";

for (const colorScheme of ["light", "dark"] as const) {
  for (const screen of screensToVisit) {
    test(`axe finds nothing on ${screen.name} in ${colorScheme}`, async ({ openAs, simulator, shop }) => {
      if (screen.needsOrder) await openAs(anna);
      const order = screen.needsOrder
        ? await simulator.createOrder(shop, {
            note: "Ring twice",
            test: false,
            customer: { firstName: "Eva", lastName: "Lind" },
          })
        : null;
      await simulator.waitUntilIdle();
      const { page, app } = await openAs(anna, screen.path, { colorScheme });
      await screen.open?.(app, order?.name ?? "");
      const { violations } = await new AxeBuilder({ page }).include(["#app-frame", "html"]).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
        [],
      );
    });
  }
}
