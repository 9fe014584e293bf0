import { useEffect, useRef } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Banner } from "../ui/banner.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import type { SettingsPart } from "./settings.ts";
import type { SavedSettings } from "./settings-card.tsx";
import { describeTyped, settingsLabels } from "./settings-labels.ts";
import type { TypedSettings } from "./settings-typed.ts";

interface SettingsConflictProps {
  part: SettingsPart;
  saved: SavedSettings;
  /** A save was refused for it, rather than the news coming in while somebody types. */
  refused: boolean;
  theirs: TypedSettings;
  mine: TypedSettings;
  onTakeTheirs(): void;
}

/** Somebody else has saved the same card meanwhile: what differs, and the two answers. Stands inside the form. */
export function SettingsConflict({
  part,
  saved,
  refused,
  theirs,
  mine,
  onTakeTheirs,
}: SettingsConflictProps) {
  const hydrated = useHydrated();
  const panel = useRef<HTMLDivElement>(null);
  // A refused save leads to the question it was refused for.
  useEffect(() => {
    if (refused) panel.current?.focus();
  }, [refused]);
  const differing = Object.keys(theirs).filter((name) => theirs[name] !== mine[name]);
  return (
    <div ref={panel} tabIndex={-1} className="rounded-card">
      <Banner
        tone="warning"
        live="assertive"
        title="Somebody else saved this card while you were editing"
        actions={
          <>
            {hydrated ? (
              <Button onClick={onTakeTheirs}>Take theirs</Button>
            ) : (
              <ButtonLink to="/app/settings/invoices">Take theirs</ButtonLink>
            )}
            <Button type="submit" name="intent" value="overwrite">
              Save mine over it
            </Button>
          </>
        }
      >
        <input type="hidden" name="theirVersion" value={saved.version} />
        <p>These fields differ:</p>
        <dl className="grid gap-2">
          {differing.map((name) => (
            <div key={name} className="min-w-0 [overflow-wrap:anywhere]">
              <dt className="font-medium">{settingsLabels[part][name] ?? name}</dt>
              <dd className="whitespace-pre-line">Theirs: {describeTyped(part, name, theirs[name] ?? "")}</dd>
              <dd className="whitespace-pre-line">Yours: {describeTyped(part, name, mine[name] ?? "")}</dd>
            </div>
          ))}
        </dl>
      </Banner>
    </div>
  );
}
