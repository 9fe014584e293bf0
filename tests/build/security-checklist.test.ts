import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../support/repository-root.ts";

/** The lines of docs/security.md: what holds, the test's file, its sentence. */
const lines = readFileSync(join(repositoryRoot, "docs/security.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| what holds"))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, claim = "", file = "", sentence = ""]) => ({ claim, file, sentence }));

test("every line of the security checklist points to a test that is there", () => {
  expect(lines.length).toBeGreaterThan(40);
  const missing = lines.filter(({ file, sentence }) => {
    const path = join(repositoryRoot, file);
    return !file.startsWith("tests/") || !existsSync(path) || !readFileSync(path, "utf8").includes(sentence);
  });
  expect(missing).toEqual([]);
});
