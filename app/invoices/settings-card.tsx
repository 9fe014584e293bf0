import { Form } from "@remix-run/react";
import type { ChangeEvent, ReactNode } from "react";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { useOneSubmit } from "../ui/use-one-submit.ts";
import type { InvoiceSettings, SettingsPart } from "./settings.ts";
import type { SettingsAnswer } from "./settings-answer.ts";
import { SettingsConflict } from "./settings-conflict.tsx";
import { settingsLabels } from "./settings-labels.ts";
import { type TypedSettings, toTypedSettings } from "./settings-typed.ts";
import { useSettingsCard } from "./use-settings-card.ts";

/** The settings as they are stored, and who stored them. */
export interface SavedSettings {
  settings: InvoiceSettings;
  /** 0 before anything was saved. */
  version: number;
  updatedBy: string | null;
  updatedAt: string | null;
}

/** What every card is given. */
export interface CardProps {
  saved: SavedSettings;
  timeZone: string;
  answer: SettingsAnswer | null;
}

type FieldElement = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What a card's fields are wired with. */
export interface CardFields {
  typed: TypedSettings;
  /** For a text field, a text area or a select. */
  field(name: string): {
    name: string;
    label: string;
    value: string;
    error: string | undefined;
    "data-field": string;
    onChange(event: ChangeEvent<FieldElement>): void;
  };
  /** For a box to tick. */
  tick(name: string): {
    name: string;
    checked: boolean;
    onChange(event: ChangeEvent<HTMLInputElement>): void;
  };
}

interface SettingsCardProps extends CardProps {
  part: SettingsPart;
  title: string;
  /** Values for blank fields that are shown to be saved. */
  proposed?: TypedSettings;
  children(fields: CardFields): ReactNode;
  /** Buttons beside "Save". */
  actions?: ReactNode;
}

/** Where a link to a card leads. */
export const cardId = (part: SettingsPart): string => `settings-${part}`;

/** One part of the settings: a form that is checked, saved and contested by itself. */
export function SettingsCard({
  part,
  title,
  saved,
  timeZone,
  answer,
  proposed = {},
  children,
  actions,
}: SettingsCardProps) {
  const stored = toTypedSettings(part, saved.settings, timeZone);
  const mine = answer?.part === part ? answer : null;
  const card = useSettingsCard(stored, saved.version, mine, proposed);
  const { busy, onSubmit } = useOneSubmit((fields) => fields.get("part") === part);
  const labels = settingsLabels[part];
  const fields: CardFields = {
    typed: card.typed,
    field: (name) => ({
      name,
      label: labels[name] ?? name,
      value: card.typed[name] ?? "",
      error: card.errors[name],
      "data-field": name,
      onChange: (event) => card.set(name, event.target.value),
    }),
    tick: (name) => ({
      name,
      checked: card.typed[name] === "on",
      onChange: (event) => card.set(name, event.target.checked ? "on" : ""),
    }),
  };
  return (
    <Card
      title={title}
      action={<span role="status">{card.dirty && <Badge tone="warning">Unsaved changes</Badge>}</span>}
    >
      <Form
        ref={card.form}
        id={cardId(part)}
        method="post"
        aria-label={title}
        preventScrollReset
        replace
        noValidate
        autoComplete="off"
        className="grid gap-5"
        onSubmit={onSubmit}
      >
        <PageSessionInput />
        {/* Enter presses a form's first button: it must be the one that saves. */}
        <button type="submit" name="intent" value="save" className="sr-only" tabIndex={-1} aria-hidden="true">
          Save
        </button>
        <input type="hidden" name="part" value={part} />
        <input type="hidden" name="version" value={card.openedVersion} />
        {card.opened && <input type="hidden" name="opened" value={JSON.stringify(card.opened)} />}
        {card.isConflict && (
          <SettingsConflict
            part={part}
            saved={saved}
            refused={mine?.conflict ?? false}
            theirs={stored}
            mine={card.typed}
            onTakeTheirs={card.takeTheirs}
          />
        )}
        {children(fields)}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" name="intent" value="save" variant="primary" busy={busy}>
            {busy ? "Saving…" : "Save"}
            <span className="sr-only"> {title}</span>
          </Button>
          {actions}
          <p role="status" className="text-ink-subtle">
            {!card.dirty && mine?.done === "saved" && `Saved as version ${mine.openedVersion}.`}
            {!card.dirty && mine?.done === "unchanged" && "Nothing to save."}
            {Object.keys(card.errors).length > 0 && "Not saved: see the marked fields."}
            {mine?.refused}
          </p>
        </div>
      </Form>
    </Card>
  );
}
