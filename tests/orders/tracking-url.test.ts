import { expect, test } from "vitest";
import { safeTrackingUrl } from "../../app/orders/tracking-url.ts";

test("an https address is linked to as it is", () => {
  expect(safeTrackingUrl("https://carrier.example/track?n=1%202")).toBe(
    "https://carrier.example/track?n=1%202",
  );
});

test("anything else is not", () => {
  for (const text of [
    null,
    "",
    "T-123",
    "/track/1",
    "http://carrier.example/1",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://user@carrier.example/",
    "https://user:secret@carrier.example/",
    `https://carrier.example/${"x".repeat(2_000)}`,
  ]) {
    expect(safeTrackingUrl(text), String(text)).toBeNull();
  }
});
