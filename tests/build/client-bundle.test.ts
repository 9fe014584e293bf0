import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../support/repository-root.ts";

const assets = join(repositoryRoot, "build", "client", "assets");

/** What only a server knows; the names of its secrets stand for the code that reads them. */
const serverOnly = [
  /["'`]postgres["'`]/,
  /postgres(ql)?:\/\//,
  /pg-boss|pgboss/i,
  /drizzle/i,
  /DATABASE_URL/,
  /ENCRYPTION_KEY/,
  /SHOPIFY_API_SECRET/,
  /SHOPIFY_SIMULATOR_URL/,
  /["'`]node:[a-z_]+/,
  /createHmac|createDecipheriv/,
];

const scripts = () =>
  readdirSync(assets, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(assets, name));

/** Readable findings: which file, what, and the code around it. */
function findServerCode(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return serverOnly.flatMap((pattern) => {
    const at = source.search(pattern);
    if (at < 0) return [];
    const around = source.slice(Math.max(0, at - 60), at + 80).replaceAll("\n", " ");
    return [`${relative(repositoryRoot, file)} holds ${pattern}: …${around}…`];
  });
}

test("the app has been built", () => {
  expect(existsSync(assets), "there is no build/client/assets; run npm run build").toBe(true);
  expect(scripts().length).toBeGreaterThan(1);
});

test("no script that a browser loads holds server code", () => {
  expect(scripts().flatMap(findServerCode)).toEqual([]);
});
