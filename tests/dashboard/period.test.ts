import { expect, test } from "vitest";
import { formatDays, lastDayOfMonth, shiftMonth, weekStart } from "../../app/dashboard/calendar-days.ts";
import {
  type DashboardAddress,
  dashboardHref,
  parseDashboardAddress,
} from "../../app/dashboard/dashboard-address.ts";
import {
  countDays,
  type PresetName,
  parsePeriod,
  presetPeriod,
  presets,
} from "../../app/dashboard/period.ts";
import { shiftDay } from "../../app/search/parse-days.ts";
import { todayIn } from "../../app/search/today-in.ts";

const search = (text: string) => new URLSearchParams(text);
const days = (preset: PresetName, today: string) => {
  const { from, to, before } = presetPeriod(preset, today);
  return [from, to, before?.from, before?.to];
};

test("each period has its days and the days it is compared with", () => {
  const today = "2026-11-25";
  expect(days("today", today)).toEqual(["2026-11-25", "2026-11-25", "2026-11-24", "2026-11-24"]);
  expect(days("yesterday", today)).toEqual(["2026-11-24", "2026-11-24", "2026-11-23", "2026-11-23"]);
  expect(days("7d", today)).toEqual(["2026-11-19", "2026-11-25", "2026-11-12", "2026-11-18"]);
  expect(days("30d", today)).toEqual(["2026-10-27", "2026-11-25", "2026-09-27", "2026-10-26"]);
  expect(days("90d", today)).toEqual(["2026-08-28", "2026-11-25", "2026-05-30", "2026-08-27"]);
  expect(days("month", today)).toEqual(["2026-11-01", "2026-11-25", "2026-10-01", "2026-10-25"]);
  expect(days("last-month", today)).toEqual(["2026-10-01", "2026-10-31", "2026-09-01", "2026-09-30"]);
  expect(days("year", today)).toEqual(["2026-01-01", "2026-11-25", "2025-01-01", "2025-11-25"]);
  expect(days("all", today)).toEqual([null, null, undefined, undefined]);
});

test("a month's end is held against the shorter month's end, a leap day against the last of February", () => {
  expect(days("month", "2026-03-31")).toEqual(["2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"]);
  expect(days("month", "2024-03-31")).toEqual(["2024-03-01", "2024-03-31", "2024-02-01", "2024-02-29"]);
  expect(days("year", "2024-02-29")).toEqual(["2024-01-01", "2024-02-29", "2023-01-01", "2023-02-28"]);
  expect(days("last-month", "2024-03-15")).toEqual(["2024-02-01", "2024-02-29", "2024-01-01", "2024-01-31"]);
  expect(days("month", "2026-01-01")).toEqual(["2026-01-01", "2026-01-01", "2025-12-01", "2025-12-01"]);
});

test("days are counted over a change of the clocks, a leap day and a year's end", () => {
  expect(shiftDay("2026-03-28", 2)).toBe("2026-03-30");
  expect(shiftDay("2026-10-26", -2)).toBe("2026-10-24");
  expect(shiftDay("2024-02-28", 1)).toBe("2024-02-29");
  expect(shiftDay("2026-01-01", -1)).toBe("2025-12-31");
  expect(countDays({ from: "2026-03-01", to: "2026-03-31" })).toBe(31);
  expect(shiftMonth("2024-03-31", -1)).toBe("2024-02-29");
  expect(shiftMonth("2026-01-31", 13)).toBe("2027-02-28");
  expect(lastDayOfMonth("2023-02-10")).toBe("2023-02-28");
  expect(weekStart("2026-11-25")).toBe("2026-11-23");
  expect(weekStart("2026-11-23")).toBe("2026-11-23");
  expect(weekStart("2026-11-29")).toBe("2026-11-23");
});

test("the shop's day begins at the shop's midnight, summer and winter", () => {
  expect(todayIn("Europe/Berlin", new Date("2026-07-01T21:59:59Z"))).toBe("2026-07-01");
  expect(todayIn("Europe/Berlin", new Date("2026-07-01T22:00:00Z"))).toBe("2026-07-02");
  expect(todayIn("Europe/Berlin", new Date("2026-12-01T22:30:00Z"))).toBe("2026-12-01");
  expect(todayIn("Pacific/Kiritimati", new Date("2026-12-31T10:00:00Z"))).toBe("2027-01-01");
  expect(todayIn("America/New_York", new Date("2026-11-01T05:30:00Z"))).toBe("2026-11-01");
});

test("chosen days are read from the address and compared with as many before", () => {
  const period = parsePeriod(search("from=2026-11-01&to=2026-11-20"), "2026-11-25");
  expect(period).toEqual({
    preset: null,
    from: "2026-11-01",
    to: "2026-11-20",
    before: { from: "2026-10-12", to: "2026-10-31" },
    step: "day",
  });
});

test("one chosen day means until today or that day alone, and the wrong way round is put right", () => {
  const range = (text: string) => {
    const { from, to } = parsePeriod(search(text), "2026-11-25");
    return [from, to];
  };
  expect(range("from=2026-11-20")).toEqual(["2026-11-20", "2026-11-25"]);
  expect(range("from=2026-12-20")).toEqual(["2026-12-20", "2026-12-20"]);
  expect(range("to=2026-11-20")).toEqual(["2026-11-20", "2026-11-20"]);
  expect(range("from=2026-11-20&to=2026-11-02")).toEqual(["2026-11-02", "2026-11-20"]);
});

test.each([
  "",
  "period=nonsense",
  "period=constructor",
  "from=2026-02-30",
  "from=0001-01-01",
  "from=yesterday&to=%00",
])("the address %j shows the usual period", (text) => {
  expect(parsePeriod(search(text), "2026-11-25")).toEqual(presetPeriod("30d", "2026-11-25"));
});

test("a dashboard's own address leads back to it", () => {
  const today = "2026-11-25";
  const reopen = (address: DashboardAddress) =>
    parseDashboardAddress(new URL(dashboardHref(address), "http://localhost").searchParams, today);
  for (const preset of Object.keys(presets) as PresetName[]) {
    const address = { period: presetPeriod(preset, today), table: preset === "7d", currency: null };
    expect(reopen(address)).toEqual(address);
  }
  const period = parsePeriod(search("from=1900-01-01&to=2999-12-31"), today);
  expect(period.before).toBeNull();
  expect(reopen({ period, table: false, currency: "USD" })).toEqual({
    period,
    table: false,
    currency: "USD",
  });
  expect(dashboardHref({ period: { preset: "30d" }, table: false, currency: null })).toBe("/app");
});

test("longer periods are drawn in longer steps", () => {
  expect(presetPeriod("90d", "2026-11-25").step).toBe("day");
  expect(presetPeriod("year", "2026-11-25").step).toBe("week");
  expect(presetPeriod("all", "2026-11-25").step).toBe("month");
});

test("days are written without what they repeat", () => {
  expect(formatDays({ from: "2026-11-01", to: "2026-11-20" })).toBe("1–20 Nov 2026");
  expect(formatDays({ from: "2026-10-27", to: "2026-11-25" })).toBe("27 Oct – 25 Nov 2026");
  expect(formatDays({ from: "2025-12-27", to: "2026-01-05" })).toBe("27 Dec 2025 – 5 Jan 2026");
  expect(formatDays({ from: "2026-11-01", to: "2026-11-01" })).toBe("1 Nov 2026");
});
