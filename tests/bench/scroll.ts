/**
 * Measures the screens in a real browser on a shop with many orders: `npm run seed` fills one.
 *
 *     DATABASE_URL=postgres://… node tests/bench/scroll.ts million.myshopify.com
 *
 * Scrolls the list of orders for twenty seconds, then opens each screen and does something on it. The results go to
 * docs/benchmarks/browser.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, type CDPSession, chromium, type Page } from "playwright";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { findBrowser } from "../support/browser.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { repositoryRoot } from "../support/repository-root.ts";
import { installProbe, type Probe } from "./browser-probe.ts";

const scrollSeconds = 20;
/** A brisk flick of the wheel. */
const pixelsPerFrame = 160;
const frameMs = 1_000 / 60;

const shopDomain = process.argv[2] ?? "million.myshopify.com";
const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) throw new Error("DATABASE_URL must name a database with a seeded shop.");

const webVitals = readFileSync(
  join(dirname(createRequire(import.meta.url).resolve("web-vitals")), "web-vitals.iife.js"),
  "utf8",
);

/** The app itself, without the admin around it: its requests are signed as App Bridge would. */
async function open(app: AppProcesses, browser: Browser, path: string): Promise<Page> {
  const { apiKey, apiSecret } = app.secrets;
  const token = signSessionToken({ shop: shopDomain, userId: 1001, apiKey, apiSecret, lifetimeSeconds: 600 });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    extraHTTPHeaders: { Authorization: `Bearer ${token}` },
  });
  await context.route(/cdn\.shopify\.com/, (route) =>
    route.fulfill({ contentType: "text/javascript", body: "" }),
  );
  const page = await context.newPage();
  await page.addInitScript({ content: `${webVitals};window.webVitals = webVitals;` });
  await page.addInitScript(installProbe);
  await page.goto(new URL(path, app.appUrl).href);
  await page.waitForFunction(() => window.probe.hydratedAt !== null);
  return page;
}

async function scroll(app: AppProcesses, browser: Browser) {
  const page = await open(app, browser, "/app/orders");
  const cpu = await page.context().newCDPSession(page);
  await cpu.send("Performance.enable", { timeDomain: "threadTicks" });
  const busyBefore = await busySeconds(cpu);
  const from = await page.evaluate(() => performance.now());
  const rowsPassed = await page.evaluate(
    async ({ seconds, pixels }) => {
      const scroller = document.querySelector("[data-list-scroller]");
      if (!scroller) throw new Error("there is no list to scroll");
      const end = performance.now() + seconds * 1_000;
      await new Promise<void>((resolve) => {
        const step = () => {
          scroller.scrollTop += pixels;
          if (performance.now() < end) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      });
      const rowHeight = document.querySelector("[role=row]:last-child")?.getBoundingClientRect().height ?? 1;
      return Math.round(scroller.scrollTop / rowHeight);
    },
    { seconds: scrollSeconds, pixels: pixelsPerFrame },
  );
  const busy = (await busySeconds(cpu)) - busyBefore;
  const probe = await page.evaluate(() => window.probe);
  const count = await page.getByText(/\d orders$/).textContent();
  await page.context().close();
  const frames = probe.frames.filter((at) => at >= from);
  const gaps = frames.slice(1).map((at, i) => at - (frames[i] ?? at));
  const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0);
  const longTasks = probe.longTasks.filter(({ start }) => start >= (probe.hydratedAt ?? 0) && start >= from);
  return {
    count,
    rowsPassed,
    mostRows: probe.mostRows,
    longTasks: longTasks.length,
    longest: Math.max(0, ...longTasks.map(({ duration }) => duration)),
    frames: frames.length,
    dropped,
    cpuMsPerFrame: (busy * 1_000) / frames.length,
  };
}

/** The main thread's own time, which a busy machine does not stretch. */
async function busySeconds(cpu: CDPSession): Promise<number> {
  const { metrics } = await cpu.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

type Act = (page: Page) => Promise<void>;

const tabs: Act = async (page) => {
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("Tab");
};

const workInList: Act = async (page) => {
  for (const key of ["j", "j", "x", "k", "j", "x"]) await page.keyboard.press(key);
  const box = page.getByRole("row").nth(2).getByRole("checkbox");
  for (let i = 0; i < 2; i += 1) await box.click();
  await page.locator("summary").filter({ hasText: "Columns" }).click();
};

const screens: [name: string, path: string, act: Act][] = [
  ["Home", "/app", tabs],
  ["Orders", "/app/orders", workInList],
  ["Orders, filtered", "/app/orders?q=status:shipped+total:>=100", workInList],
  ["Edit dialog", "/app/orders/{order}/edit", tabs],
  ["Order", "/app/orders/{order}", tabs],
  ["Customers", "/app/customers", tabs],
  ["Customer", "{customer}", tabs],
  ["Bulk actions", "/app/bulk", tabs],
  ["Paste tracking numbers", "/app/bulk/tracking", tabs],
  ["Exports", "/app/exports", tabs],
  ["Shipping rate", "/app/settings/shipping", tabs],
  ["Deliveries", "/app/deliveries", tabs],
  ["Privacy", "/app/privacy", tabs],
];

async function measureScreens(app: AppProcesses, browser: Browser): Promise<[string, Probe][]> {
  const first = await open(app, browser, "/app/orders");
  const link = await first.locator("[role=rowheader] a").first().getAttribute("href");
  const order = /orders\/([0-9a-f-]{36})/.exec(link ?? "")?.[1] ?? "";
  await first.context().close();
  const people = await open(app, browser, "/app/customers");
  const customer = await people.getByRole("main").locator("td a, th a").first().getAttribute("href");
  await people.context().close();
  const measured: [string, Probe][] = [];
  for (const [name, path, act] of screens) {
    const page = await open(
      app,
      browser,
      path.replace("{order}", order).replace("{customer}", customer ?? ""),
    );
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 2_000 })));
    await act(page);
    // What shifts, shifts soon after; two frames let the last interaction be painted.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    measured.push([name, await page.evaluate(() => window.probe)]);
    await page.context().close();
  }
  return measured;
}

const ms = (value: number | null) => (value === null ? "–" : `${Math.round(value)} ms`);

function report(scrolled: Awaited<ReturnType<typeof scroll>>, measured: [string, Probe][]): string {
  const rows = measured.map(
    ([name, { lcp, cls, inp }]) => `| ${name} | ${ms(lcp)} | ${cls.toFixed(3)} | ${ms(inp)} |`,
  );
  return `# In a browser

Written by \`npm run bench:browser\`, on ${cpus().length} cores that also run the database, the app and whatever
else the machine has to do. Chromium without a graphics card, window 1280 by 860, the built app on a shop with
${scrolled.count}.

## ${scrollSeconds} seconds of scrolling the list of orders

| | |
|---|---|
| rows passed | ${scrolled.rowsPassed.toLocaleString("en")} |
| row nodes in the document at most, the head included | ${scrolled.mostRows} |
| long tasks over 50 ms after hydration | ${scrolled.longTasks}${scrolled.longTasks > 0 ? `, the longest ${Math.round(scrolled.longest)} ms` : ""} |
| processor time of the page for each frame | ${scrolled.cpuMsPerFrame.toFixed(1)} ms |
| frames drawn | ${scrolled.frames.toLocaleString("en")} |
| frames dropped | ${scrolled.dropped.toLocaleString("en")} |

## Each screen, opened from nothing

"–" means that no answer to a key or a click took the 16 ms from which a browser reports one.

| screen | LCP (goal 1,500 ms) | CLS (goal 0.05) | INP (goal 100 ms) |
|---|---|---|---|
${rows.join("\n")}
`;
}

ensureBuilt();
const app = await startApp(databaseUrl);
const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
try {
  // The first visit of a process compiles and connects.
  await (await open(app, browser, "/app/orders")).context().close();
  const scrolled = await scroll(app, browser);
  process.stdout.write(`${JSON.stringify(scrolled)}\n`);
  const measured = await measureScreens(app, browser);
  const text = report(scrolled, measured);
  const folder = join(repositoryRoot, "docs/benchmarks");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "browser.md"), text);
  process.stdout.write(text);
} finally {
  await browser.close();
  await app.stop();
}
