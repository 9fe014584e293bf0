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

/** The sentence as a title or as a row of `test.each`: between quotes, in no comment, and nothing in the file is skipped. */
function stands(file: string, sentence: string): boolean {
  const path = join(repositoryRoot, file);
  if (!file.startsWith("tests/") || !existsSync(path)) return false;
  const code = readFileSync(path, "utf8").replace(/^\s*(\/\/|\/?\*).*$/gm, "");
  if (/\b(test|describe|it)\.(skip|todo|only|fails)\b/.test(code)) return false;
  return ['"', "`", "'"].some((quote) => code.includes(quote + sentence + quote));
}

test("every line of the security checklist points to a test that is there and runs", () => {
  expect(lines.length).toBeGreaterThan(40);
  expect(lines.filter(({ file, sentence }) => !stands(file, sentence))).toEqual([]);
});
