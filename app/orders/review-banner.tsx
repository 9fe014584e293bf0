import { useNavigation } from "@remix-run/react";
import { AppForm } from "../ui/app-form.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import type { OrderTerms } from "./describe-change.ts";
import type { EditableFields } from "./order.ts";
import type { TimelineEntry } from "./orders.server.ts";
import { OverwrittenValues } from "./overwritten-values.tsx";

/** Shopify overwrote an edit: what was lost, and the two answers to it. */
export function ReviewBanner({
  entries,
  current,
  terms,
}: {
  entries: TimelineEntry[];
  current: EditableFields & { version: number };
  terms: OrderTerms;
}) {
  const { formData } = useNavigation();
  const unseen = sinceLastLook(entries);
  return (
    <Banner tone="warning" title="Shopify changed something you had changed">
      <p>
        Shopify's values are in place. Keep them, or put yours back; the next delivery leaves yours alone.
      </p>
      {unseen.map(
        ({ version, overwritten }) =>
          overwritten && (
            <OverwrittenValues
              key={version}
              version={version}
              values={overwritten}
              current={current}
              terms={terms}
            />
          ),
      )}
      <AppForm preventScrollReset>
        <input type="hidden" name="intent" value="reviewed" />
        <input type="hidden" name="openedVersion" value={current.version} />
        <Button type="submit" busy={formData?.get("intent") === "reviewed"}>
          Looks right
        </Button>
      </AppForm>
    </Banner>
  );
}

/** The entries that nobody has answered yet, newest first. */
function sinceLastLook(entries: TimelineEntry[]): TimelineEntry[] {
  const answered = entries.findIndex(({ kind }) => kind === "reviewed" || kind === "restored");
  return answered === -1 ? entries : entries.slice(0, answered);
}
