import { useId, useRef, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Button } from "../ui/button.tsx";

/** A text to be copied: selected as a whole when one comes to it, and with a button where a script can do it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const hydrated = useHydrated();
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async () => {
    input.current?.select();
    // Where the frame may not write to the clipboard, the text is selected at least.
    const done = await navigator.clipboard.writeText(value).then(
      () => true,
      () => false,
    );
    setCopied(done ? "Copied." : "Press Ctrl+C to copy.");
  };
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={input}
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="min-w-0 flex-1 rounded-control border border-line-strong bg-surface px-3 py-1.5"
        />
        {hydrated && <Button onClick={() => void copy()}>Copy</Button>}
      </div>
      <p role="status" className="text-small text-ink-subtle">
        {copied}
      </p>
    </div>
  );
}
