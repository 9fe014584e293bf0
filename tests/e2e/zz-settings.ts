export async function run({ open, simulator, shop }: any) {
  for (const [name, options] of [["light", {}], ["dark", { colorScheme: "dark" }], ["phone", { viewport: { width: 390, height: 844 } }], ["nojs", {javaScriptEnabled: false}]] as const) {
    const { page, app } = await open("app/settings/invoices", options);
    const height = await page.locator("#app-frame").elementHandle().then((h: any) => h.contentFrame()).then((f: any) => f.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth, innerWidth])).catch(() => [4000]);
    console.log(name, height);
    await page.setViewportSize({ width: (options as any).viewport?.width ?? 1280, height: Math.min(6000, height[0] + 120) });
    await page.waitForTimeout(800);
    await page.screenshot({ path: `/tmp/sc/settings-${name}.png` });
  }
  const { page } = await open("app/settings");
  await page.screenshot({ path: `/tmp/sc/settings-index.png` });
}
