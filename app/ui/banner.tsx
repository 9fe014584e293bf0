import type { ReactNode } from "react";
import { type Tone, toneClass } from "./tone.ts";

export interface BannerProps {
  tone?: Exclude<Tone, "neutral">;
  title: ReactNode;
  children?: ReactNode;
  /** Buttons and links below the text. */
  actions?: ReactNode;
  /** Announced when it appears: `polite` waits for a pause, `assertive` interrupts. */
  live?: "polite" | "assertive";
}

const signs = { info: "i", success: "✓", warning: "!", critical: "!" } as const;

/** Something to know before the rest of the page. */
export function Banner({ tone = "info", title, children, actions, live }: BannerProps) {
  const role = live && (live === "assertive" ? "alert" : "status");
  return (
    <div role={role} className="overflow-hidden rounded-card bg-surface shadow-card">
      <p className={`flex items-start gap-2 px-4 py-2.5 font-semibold ${toneClass[tone]}`}>
        <span
          aria-hidden="true"
          className="mt-px grid size-4.5 shrink-0 place-items-center rounded-full border-[1.5px] border-current text-[0.6875rem] leading-none font-bold"
        >
          {signs[tone]}
        </span>
        <span className="min-w-0">{title}</span>
      </p>
      {(children || actions) && (
        <div className="grid gap-3 px-4 py-3">
          {children && <div className="grid gap-2">{children}</div>}
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
    </div>
  );
}
