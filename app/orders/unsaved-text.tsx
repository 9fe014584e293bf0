import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { z } from "zod";
import { TextAreaField } from "../ui/field.tsx";
import { editableFields, fieldLabels } from "./order.ts";

const unsavedSchema = z.object({ unsaved: z.record(z.string()) });

/** On the error page of a save whose session had ended: what was typed, to be copied. */
export function UnsavedText() {
  const error = useRouteError();
  const parsed = unsavedSchema.safeParse(isRouteErrorResponse(error) ? error.data : null);
  const typed = parsed.success ? parsed.data.unsaved : {};
  const fields = editableFields.filter((field) => typed[field]);
  if (fields.length === 0) return null;
  return (
    <section className="mx-auto grid max-w-lg gap-3 px-4 pb-16" aria-labelledby="unsaved-text">
      <h2 id="unsaved-text" className="text-heading font-semibold">
        What you typed was not saved
      </h2>
      <p>Copy it before you leave this page.</p>
      {fields.map((field) => (
        <TextAreaField
          key={field}
          label={fieldLabels[field]}
          defaultValue={typed[field]}
          rows={field === "note" ? 6 : 1}
          readOnly
        />
      ))}
    </section>
  );
}
