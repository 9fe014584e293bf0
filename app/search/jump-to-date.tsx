import { Form } from "@remix-run/react";
import { Button } from "../ui/button.tsx";
import { PlainSession } from "../ui/plain-session.tsx";

interface JumpToDateProps {
  /** The list's address without its query. */
  action: string;
  /** The rest of its address: sorted by date, without a day or a page. */
  search: string;
  /** The day that the list begins with now. */
  at: string | null;
}

/** Begins the list with a day's rows. They stand by date then, whatever they stood by before. */
export function JumpToDate({ action, search, at }: JumpToDateProps) {
  return (
    <Form method="get" action={action} className="flex items-center gap-2">
      {[...new URLSearchParams(search)].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <PlainSession />
      <label className="flex items-center gap-2 text-small text-ink-subtle">
        <span className="max-sm:sr-only">Jump to</span>
        <input
          key={at}
          type="date"
          name="at"
          defaultValue={at ?? ""}
          aria-label="Jump to date"
          required
          className="min-h-8 rounded-control border border-line-strong bg-surface px-2 text-small text-ink"
        />
      </label>
      <Button type="submit">Go</Button>
    </Form>
  );
}
