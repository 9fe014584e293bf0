import { useNavigation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CrossMark } from "../ui/cross-mark.tsx";
import { TextField } from "../ui/field.tsx";

/** An order's tags, each with the button that removes it, and the field that adds one. */
export function TagsCard({ tags }: { tags: string[] }) {
  const field = useRef<HTMLDivElement>(null);
  const tagsBefore = useRef<string | null>(null);
  const { formData } = useNavigation();
  const adding = formData?.get("intent") === "add_tag";
  const listed = tags.join("\n");
  useEffect(() => {
    if (adding) {
      tagsBefore.current ??= listed;
      return;
    }
    // What was refused stays to be corrected.
    if (tagsBefore.current !== null && tagsBefore.current !== listed) field.current?.closest("form")?.reset();
    tagsBefore.current = null;
  }, [adding, listed]);
  return (
    <Card title="Tags">
      {tags.length > 0 ? (
        <ul className="mb-3 flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li key={tag}>
              <AppForm preventScrollReset>
                <input type="hidden" name="intent" value="remove_tag" />
                <span className="inline-flex items-center gap-0.5 rounded-control bg-neutral pl-2 text-small text-on-neutral">
                  <span className="[overflow-wrap:anywhere]">{tag}</span>
                  <button
                    type="submit"
                    name="tag"
                    value={tag}
                    aria-label={`Remove the tag ${tag}`}
                    title="Remove"
                    className="grid size-6 shrink-0 place-items-center rounded-control hover:bg-surface-hover"
                  >
                    <CrossMark />
                  </button>
                </span>
              </AppForm>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mb-3 text-ink-subtle">No tags.</p>
      )}
      <AppForm preventScrollReset className="flex items-end gap-2">
        <input type="hidden" name="intent" value="add_tag" />
        <div ref={field} className="min-w-0 flex-1">
          <TextField label="New tag" name="tag" maxLength={80} required />
        </div>
        <Button type="submit" busy={adding}>
          Add tag
        </Button>
      </AppForm>
    </Card>
  );
}
