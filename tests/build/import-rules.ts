import { type Import, readImports } from "./read-imports.ts";

/** Every feature may use the features to its left. */
const featureOrder = [
  "shops",
  "live",
  "search",
  "list",
  "views",
  "shipping",
  "exports",
  "customers",
  "orders",
  "bulk",
  "dashboard",
  "taxes",
  "documents",
  "invoices",
  "mail",
  "legacy",
  "webhooks",
  "operations",
];

/** What every feature may use wherever it stands: hints go out from the left, screens listen on the right. */
const usableByAll = [
  "app/live/notify-shop.server.ts",
  "app/live/use-live-updates.ts",
  "app/live/use-live-events.ts",
];

type Place = "route" | "feature" | "ui" | "root" | "job" | "drizzle" | "elsewhere";

/** Says in sentences which imports break "Who may import whom". */
export function findViolations(path: string, source: string): string[] {
  return readImports(path, source).flatMap((found) => {
    const reason = whyForbidden(path, found);
    return reason ? [`${path}:${found.line} imports ${found.target}: ${reason}`] : [];
  });
}

function whyForbidden(path: string, found: Import): string | undefined {
  const from = placeOf(path);
  if (!found.isOurs) return whyPackageForbidden(path, from, found);
  const to = placeOf(found.target);
  if (found.target.startsWith("tests/")) return "nothing outside tests may use what is in tests";
  if (from === "drizzle") return to === "drizzle" ? undefined : "drizzle uses nothing of ours";
  if (from === "job") {
    return to === "drizzle" && !found.isTypeOnly ? "a job uses app, which owns the tables" : undefined;
  }
  if (to === "job") return "app must not know the jobs; it enqueues by name (app/queue.server.ts)";
  if (isServerOnly(found.target) && !found.isTypeOnly && mayReachBrowser(path)) {
    return "a component or pure file must not use a .server file; move the pure part out of it";
  }
  if (from === "route") {
    if (to === "drizzle") return "a route calls a function of a feature and writes no SQL";
    if (to === "route") return "routes share through features or app/ui";
  }
  if (from === "ui" && to !== "ui" && to !== "root")
    return "app/ui knows no feature; it gets what it shows as props";
  if (from === "feature") return whyFeatureForbidden(path, found, to);
  return undefined;
}

function whyFeatureForbidden(path: string, found: Import, to: Place): string | undefined {
  if (to === "route") return "a feature does not know its routes";
  if (to === "drizzle" && !isServerOnly(path) && !found.isTypeOnly)
    return "only a .server file uses the schema";
  if (to !== "feature" || usableByAll.includes(found.target)) return undefined;
  const [mine, theirs] = [featureOf(path), featureOf(found.target)];
  if (mine === theirs || featureOrder.indexOf(theirs) < featureOrder.indexOf(mine)) return undefined;
  return `${mine} may use only the features to its left in ${featureOrder.join(" ← ")}`;
}

function whyPackageForbidden(path: string, from: Place, { target, isTypeOnly }: Import): string | undefined {
  if (from === "route" && /^(drizzle-orm|postgres|pg-boss)$/.test(target)) {
    return "a route calls a function of a feature and writes no SQL";
  }
  if (target === "@shopify/shopify-api" && !isTypeOnly && !/^app\/shopify[^/]*\.server\.ts$/.test(path)) {
    return "app/shopify.server.ts is the only door to it";
  }
  if (
    /^(drizzle-orm|postgres|pg-boss)$/.test(target) &&
    from === "feature" &&
    !isServerOnly(path) &&
    !isTypeOnly
  ) {
    return "only a .server file speaks to the database";
  }
  return undefined;
}

function placeOf(path: string): Place {
  if (path.startsWith("drizzle/")) return "drizzle";
  if (path.startsWith("jobs/")) return "job";
  if (!path.startsWith("app/")) return "elsewhere";
  if (path.startsWith("app/routes/")) return "route";
  if (path.startsWith("app/ui/")) return "ui";
  return path.split("/").length > 2 ? "feature" : "root";
}

function featureOf(path: string): string {
  return path.split("/")[1] ?? "";
}

function isServerOnly(path: string): boolean {
  return /\.server\.tsx?$/.test(path);
}

/** Routes are left out: the Remix plugin takes a route's server half off, and fails the build when it cannot. */
function mayReachBrowser(path: string): boolean {
  const from = placeOf(path);
  return (from === "feature" || from === "ui") && !isServerOnly(path);
}
