import { format } from "node:util";
import { afterAll, afterEach } from "vitest";

/**
 * A `console.error` nobody expected fails the test it came from. A test that expects one says so with
 * `vi.spyOn(console, "error").mockImplementation(() => {})`, which takes the place of this trap.
 */
const unexpected: string[] = [];

console.error = (...args: unknown[]) => {
  unexpected.push(format(...args));
};

function reportUnexpected(): void {
  if (unexpected.length === 0) return;
  const messages = unexpected.splice(0);
  throw new Error(`Unexpected console.error:\n${messages.join("\n")}`);
}

afterEach(reportUnexpected);
afterAll(reportUnexpected);
