/** What the probe has seen in a page. Times are milliseconds since the page's navigation. */
export interface Probe {
  lcp: number | null;
  cls: number;
  inp: number | null;
  /** When the page had become the app's: its scripts run and its lists are drawn by them. */
  hydratedAt: number | null;
  longTasks: { start: number; duration: number }[];
  mostRows: number;
  frames: number[];
}

declare global {
  interface Window {
    probe: Probe;
    webVitals: Record<
      "onLCP" | "onCLS" | "onINP",
      (report: (metric: { value: number }) => void, options: { reportAllChanges: boolean }) => void
    >;
  }
}

/** Runs inside the page, before anything of the page does; web-vitals has run before it. */
export function installProbe(): void {
  const probe: Probe = {
    lcp: null,
    cls: 0,
    inp: null,
    hydratedAt: null,
    longTasks: [],
    mostRows: 0,
    frames: [],
  };
  window.probe = probe;
  const all = { reportAllChanges: true };
  window.webVitals.onLCP(({ value }) => {
    probe.lcp = value;
  }, all);
  window.webVitals.onCLS(({ value }) => {
    probe.cls = value;
  }, all);
  window.webVitals.onINP(({ value }) => {
    probe.inp = value;
  }, all);
  new PerformanceObserver((entries) => {
    for (const { startTime, duration } of entries.getEntries())
      probe.longTasks.push({ start: startTime, duration });
  }).observe({ type: "longtask", buffered: true });
  const eachFrame = (now: number) => {
    probe.frames.push(now);
    const rows = document.querySelectorAll("[role=row]").length;
    probe.mostRows = Math.max(probe.mostRows, rows);
    // Only a script gives the badge of the connection its words.
    if (
      probe.hydratedAt === null &&
      /Live|Reconnecting/.test(document.querySelector("header")?.textContent ?? "")
    )
      probe.hydratedAt = performance.now();
    requestAnimationFrame(eachFrame);
  };
  requestAnimationFrame(eachFrame);
}
