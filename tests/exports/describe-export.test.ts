import { expect, test } from "vitest";
import {
  describeList,
  describeProgress,
  formatBytes,
  type Progress,
} from "../../app/exports/describe-export.ts";

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_234, "1.2 KB"],
  [999_600, "1.0 MB"],
  [123_456_789, "123 MB"],
  [5_000_000_000_000, "5000 GB"],
])("%d bytes read as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [{ ticked: null, query: " " }, "All orders"],
  [{ ticked: null, query: "status:shipped" }, "Orders matching “status:shipped”"],
  [{ ticked: 1, query: "" }, "1 order chosen by hand"],
  [{ ticked: 1_200, query: "" }, "1,200 orders chosen by hand"],
])("%j is called %s", (list, name) => {
  expect(describeList({ screen: "orders", ...list })).toBe(name);
});

const done: Progress = {
  screen: "orders",
  state: "done",
  total: 1_200,
  written: 1_200,
  bytes: 2_345_678,
  error: null,
  expired: false,
};

test.each([
  [{}, "1,200 orders, 2.3 MB."],
  [{ written: 0, total: 0 }, "There was nothing to write: no order matched."],
  [{ state: "running", written: 500 }, "500 of 1,200 orders written."],
  [{ state: "queued", total: null, written: 0 }, "Waits for its turn. It begins by itself."],
  [{ state: "failed", error: "No room." }, "No room."],
  [{ expired: true }, "The file was kept for a day and is deleted. Export again for a new one."],
] as [Partial<Progress>, string][])("%j is said as: %s", (change, sentence) => {
  expect(describeProgress({ ...done, ...change })).toBe(sentence);
});
