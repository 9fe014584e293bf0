import { useEffect, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { languages } from "../documents/document.ts";
import { Button } from "../ui/button.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { PdfFrame } from "./document-frame.tsx";
import { type CardFields, type CardProps, SettingsCard } from "./settings-card.tsx";
import { languageNames, templateLabels } from "./settings-labels.ts";
import { parseTypedSettings } from "./settings-parse.ts";
import type { TypedSettings } from "./settings-typed.ts";

interface TemplateProps extends CardProps {
  /** Where the preview is drawn; the typed fields are added to it. */
  previewHref: string;
  /** The order that it shows; null for a made-up one. */
  previewOf: string | null;
}

/** What documents look like, with one drawn beside it. */
export function TemplateSettings({ previewHref, previewOf, ...props }: TemplateProps) {
  const hydrated = useHydrated();
  return (
    <SettingsCard
      part="template"
      title="Template"
      {...props}
      actions={
        hydrated ? null : (
          <Button type="submit" name="intent" value="preview">
            Preview
          </Button>
        )
      }
    >
      {(fields) => (
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <TemplateFields {...fields} />
          <Preview typed={fields.typed} href={previewHref} of={previewOf} />
        </div>
      )}
    </SettingsCard>
  );
}

function TemplateFields({ field }: CardFields) {
  const color = field("color");
  return (
    <div className="grid gap-4">
      <SelectField {...field("name")}>
        {Object.entries(templateLabels).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TextField {...color} hint="Of the headings and rules." />
        </div>
        <ColorPicker value={color.value} onChange={color.onChange} />
      </div>
      <SelectField {...field("language")}>
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageNames[language]}
          </option>
        ))}
      </SelectField>
      <TextField {...field("termsDays")} inputMode="numeric" hint="Blank: nothing is said of when to pay." />
      <TextAreaField
        {...field("notes")}
        rows={3}
        hint="One a line, five at most. Printed below the totals."
      />
    </div>
  );
}

/** The browser's own picker, for those who have no code at hand. It only fills the field beside it. */
function ColorPicker({ value, onChange }: Pick<ReturnType<CardFields["field"]>, "value" | "onChange">) {
  if (!useHydrated()) return null;
  return (
    <input
      type="color"
      aria-label="Pick the colour"
      className="mt-6 h-8 w-10 rounded-control border border-line-strong bg-surface p-0.5"
      value={/^#[0-9a-f]{6}$/i.test(value) ? value : "#000000"}
      onChange={onChange}
    />
  );
}

/** How long after the last key a new preview is drawn. */
const restMs = 400;

function Preview({ typed, href, of }: { typed: TypedSettings; href: string; of: string | null }) {
  const hydrated = useHydrated();
  // What is half typed is not drawn; the last sound look stays, at first the saved one.
  const { value: template } = parseTypedSettings("template", typed, "UTC");
  const query = template ? `&${new URLSearchParams(typed)}` : "";
  const [drawn, setDrawn] = useState({ query, href });
  useEffect(() => {
    if (!query || query === drawn.query) return;
    // With the link as it is then: the first one has expired on a page that was left open.
    const timer = setTimeout(() => setDrawn({ query, href }), restMs);
    return () => clearTimeout(timer);
  }, [query, href, drawn]);
  const source = drawn.href + drawn.query;
  return (
    <div className="grid gap-2">
      <PdfFrame
        title="Preview of an invoice"
        href={source}
        className="aspect-[1/1.3] w-full rounded-control border border-line bg-canvas"
      />
      <p className="text-small text-ink-subtle">
        {of ? `Order ${of}, as a draft.` : "A made-up order, as there is none to show yet."}{" "}
        {!hydrated && "Preview draws it with what is typed. "}
        <a href={source} target="_blank" rel="noreferrer" className="text-link underline">
          Open the preview
        </a>
      </p>
    </div>
  );
}
