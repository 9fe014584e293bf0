import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../support/repository-root.ts";

/** Licences that let us ship what we build on; none of them asks for our source. */
const allowed = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Unlicense",
  "CC0-1.0",
  "OFL-1.1",
]);

/** What the lockfile does not say, looked up in the package itself. */
const lookedUp: Record<string, string> = {
  "node_modules/jsonify": "Unlicense", // "Public Domain", in its README
  "node_modules/png-js": "MIT", // in its LICENSE
};

interface Locked {
  dev?: boolean;
  license?: string;
}

/** An SPDX expression: one of its alternatives, and each part of that. */
const isAllowed = (expression: string) =>
  expression
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((alternative) => alternative.split(" AND ").every((one) => allowed.has(one)));

test("everything that runs in production has a licence that we may ship under", () => {
  const lock = JSON.parse(readFileSync(join(repositoryRoot, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== "" && !dev);
  expect(shipped.length).toBeGreaterThan(50);
  const others = shipped
    .map(([path, { license }]) => ({ path, license: lookedUp[path] ?? license ?? "none" }))
    .filter(({ license }) => !isAllowed(license));
  expect(others).toEqual([]);
});
