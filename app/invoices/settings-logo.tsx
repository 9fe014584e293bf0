import { useNavigation } from "@remix-run/react";
import { AppForm } from "../ui/app-form.tsx";
import { useAppHref } from "../ui/app-link.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import type { SettingsAnswer } from "./settings-answer.ts";

/** The picture at the head of each document; null for none. */
export function LogoSettings({ href, answer }: { href: string | null; answer: SettingsAnswer | null }) {
  // A file travels in a form of parts, in which a plain browser's page session is not looked for.
  const action = useAppHref("/app/settings/invoices");
  const { formMethod, formData } = useNavigation();
  const busy = formMethod === "POST" && formData?.get("part") === "logo";
  const mine = answer?.part === "logo" ? answer : null;
  return (
    <Card title="Logo">
      <div className="grid gap-4">
        {href ? (
          <img
            src={href}
            alt="The logo as it is now"
            className="max-h-24 max-w-full justify-self-start rounded-control border border-line bg-paper p-2"
          />
        ) : (
          <p className="text-ink-subtle">No logo yet. Documents then begin with the name of the business.</p>
        )}
        <AppForm
          action={action}
          encType="multipart/form-data"
          preventScrollReset
          aria-label="Logo"
          className="flex flex-wrap items-end gap-3"
        >
          <input type="hidden" name="part" value="logo" />
          <div className="grid min-w-0 gap-1">
            <label htmlFor="logo-file" className="font-medium">
              Picture
            </label>
            <input
              id="logo-file"
              type="file"
              name="file"
              accept="image/png,image/jpeg"
              required
              aria-describedby="logo-hint"
              aria-invalid={mine?.errors.file ? true : undefined}
              className="max-w-full file:mr-3 file:min-h-8 file:rounded-control file:border file:border-line file:bg-surface file:px-3 file:text-small file:font-semibold file:text-ink"
            />
          </div>
          <Button type="submit" name="intent" value="logo" busy={busy}>
            Upload
          </Button>
        </AppForm>
        <div role="status" className="empty:hidden">
          {mine?.errors.file && <p className="text-on-critical">{mine.errors.file}</p>}
          {mine?.refused && <p className="text-on-critical">{mine.refused}</p>}
          {mine?.done === "saved" && <p>Saved. Documents issued from now on show it so.</p>}
        </div>
        <p id="logo-hint" className="text-small text-ink-subtle">
          PNG or JPEG of at most 512 KB. Issued documents keep the logo they were issued with.
        </p>
        {href && (
          <AppForm preventScrollReset>
            <input type="hidden" name="part" value="logo" />
            <Button type="submit" name="intent" value="remove-logo" variant="plain">
              Use no logo
            </Button>
          </AppForm>
        )}
      </div>
    </Card>
  );
}
