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
  current: EditableFields;
  terms: OrderTerms;
}) {
  const { formData } = useNavigation();
  const newest = entries.find(({ overwritten }) => overwritten !== null);
  return (
    <Banner tone="warning" title="Shopify changed something you had changed">
      <p>
        Shopify's values are in place. Keep them, or put yours back; the next delivery leaves yours alone.
      </p>
      {newest?.overwritten && (
        <OverwrittenValues
          version={newest.version}
          values={newest.overwritten}
          current={current}
          terms={terms}
        />
      )}
      <AppForm preventScrollReset>
        <input type="hidden" name="intent" value="reviewed" />
        <Button type="submit" busy={formData?.get("intent") === "reviewed"}>
          Looks right
        </Button>
      </AppForm>
    </Banner>
  );
}
