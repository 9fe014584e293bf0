import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NoDeprecatedCustomRule, parse, specifiedRules, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { adminSchema } from "../shopify-simulator/graphql/admin-schema.ts";
import { repositoryRoot } from "../support/repository-root.ts";

/** Every operation of the app, found by its `#graphql` mark, so that none can be forgotten. */
const operations = readdirSync(join(repositoryRoot, "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap((file) => {
    const source = readFileSync(join(repositoryRoot, "app", file), "utf8");
    return [...source.matchAll(/`#graphql\n([^`]+)`/g)].map(([, text = ""]) => ({
      name: `${file}: ${/(?:query|mutation) (\w+)/.exec(text)?.[1]}`,
      text,
    }));
  });

describe("against Shopify's published schema", () => {
  test("the app's operations are found", () => {
    expect(operations.length).toBeGreaterThanOrEqual(3);
  });

  test.each(operations)("$name is valid and uses nothing deprecated", ({ text }) => {
    expect(
      validate(adminSchema(), parse(text), [...specifiedRules, NoDeprecatedCustomRule]).map(String),
    ).toEqual([]);
  });

  test("an unknown field would be found", () => {
    expect(validate(adminSchema(), parse("{ shop { inventedField } }"))).toHaveLength(1);
  });
});
