import { AppLink } from "../ui/app-link.tsx";
import { TextField } from "../ui/field.tsx";
import { TickField } from "../ui/tick-field.tsx";
import { auditOfSettings } from "./document-address.ts";
import { findPatternProblem, formatNumber } from "./numbering-rules.ts";
import { nextSequence, type RunningNumbers, type RunningSeries } from "./running-series.ts";
import { type CardFields, type CardProps, SettingsCard } from "./settings-card.tsx";
import { settingsLabels } from "./settings-labels.ts";
import { numberedKinds } from "./settings-typed.ts";

interface NumberingProps extends CardProps {
  /** The series that have begun. */
  series: RunningNumbers;
  /** The year on the shop's calendar. */
  year: number;
}

const kindNames = { invoice: "Invoices", credit_note: "Credit notes" };

/** How numbers are written, and what the next one will be. */
export function NumberingSettings({ series, year, ...props }: NumberingProps) {
  return (
    <SettingsCard part="numbering" title="Numbers" {...props}>
      {(fields) => (
        <>
          <p className="text-ink-subtle">
            Numbers run without a gap. A change never renumbers: documents that are issued keep theirs, and
            the next one follows the new pattern.{" "}
            <AppLink to={auditOfSettings} className="text-link underline">
              Audit the numbers
            </AppLink>
          </p>
          <div className="grid items-start gap-6 sm:grid-cols-2">
            {numberedKinds.map((kind) => (
              <PatternFields key={kind} kind={kind} series={series[kind]} year={year} {...fields} />
            ))}
          </div>
        </>
      )}
    </SettingsCard>
  );
}

interface PatternFieldsProps extends CardFields {
  kind: (typeof numberedKinds)[number];
  series: RunningSeries[];
  year: number;
}

function PatternFields({ kind, series, year, field, tick, typed }: PatternFieldsProps) {
  const yearly = typed[`${kind}.yearly`] === "on";
  const running = series.find((one) => one.year === (yearly ? year : 0));
  const of = (name: string) => {
    const { label, ...wiring } = field(`${kind}.${name}`);
    return { ...wiring, label: shortLabel(label) };
  };
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 text-body font-semibold">{kindNames[kind]}</legend>
      <TextField {...of("prefix")} hint="{YYYY} and {YY} stand for the year of issue." maxLength={24} />
      <div className="grid grid-cols-2 items-start gap-3">
        <TextField {...of("padding")} inputMode="numeric" />
        <TextField
          {...of("start")}
          inputMode="numeric"
          hint={
            running
              ? `This series has begun, so it goes on after ${running.lastSequence}.`
              : "For a shop that moves here: the number after the last one it used."
          }
        />
      </div>
      <TickField
        {...tick(`${kind}.yearly`)}
        label={shortLabel(settingsLabels.numbering[`${kind}.yearly`] ?? "")}
      />
      <p role="status">
        Next: <strong className="tabular-nums">{previewNumber(kind, typed, series, year) ?? "—"}</strong>
      </p>
    </fieldset>
  );
}

/** The legend says of what. */
const shortLabel = (label: string) => {
  const text = label.split(": ")[1] ?? label;
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** @returns null while what is typed is no pattern */
function previewNumber(
  kind: string,
  typed: Record<string, string>,
  series: RunningSeries[],
  year: number,
): string | null {
  const read = (name: string) => typed[`${kind}.${name}`]?.trim() ?? "";
  if (!/^\d{1,2}$/.test(read("padding")) || !/^\d{1,9}$/.test(read("start"))) return null;
  const pattern = {
    prefix: read("prefix"),
    padding: Math.min(12, Number(read("padding"))),
    yearly: read("yearly") === "on",
    start: Number(read("start")),
  };
  if (findPatternProblem(pattern)) return null;
  return formatNumber(pattern, year, nextSequence(pattern, series, year));
}
