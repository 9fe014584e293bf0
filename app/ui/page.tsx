import type { ReactNode } from "react";
import { AppLink } from "./app-link.tsx";

interface PageProps {
  title: ReactNode;
  /** Badges beside the title. */
  badges?: ReactNode;
  subtitle?: ReactNode;
  back?: { to: string; label: string };
  /** The page's buttons, the primary one last. */
  actions?: ReactNode;
  /** Reading width instead of table width. */
  narrow?: boolean;
  /** The page takes what the frame leaves of the screen, for something in it that scrolls by itself. */
  fill?: boolean;
  children: ReactNode;
}

/** A screen inside the frame: where it leads back to, what it is, what can be done. */
export function Page({
  title,
  badges,
  subtitle,
  back,
  actions,
  narrow = false,
  fill = false,
  children,
}: PageProps) {
  return (
    <div
      data-fills-screen={fill || undefined}
      className={`mx-auto w-full px-3 py-4 sm:px-6 sm:py-5 ${narrow ? "max-w-4xl" : "max-w-6xl"} ${fill ? "flex flex-1 flex-col" : ""}`}
    >
      <div className="mb-4 flex items-start justify-between gap-x-4 gap-y-2 max-sm:flex-wrap">
        <div className="flex min-w-0 flex-1 items-start gap-2 max-sm:min-w-2/3">
          {back && (
            <AppLink
              to={back.to}
              aria-label={back.label}
              title={back.label}
              className="grid size-7 shrink-0 place-items-center rounded-control hover:bg-neutral"
            >
              <svg
                viewBox="0 0 20 20"
                className="size-5"
                fill="none"
                stroke="currentColor"
                aria-hidden="true"
              >
                <path
                  d="M9 5l-5 5 5 5M4.5 10H16"
                  strokeWidth="1.75"
                  strokeLinecap="round"
                  strokeLinejoin="round"
                />
              </svg>
            </AppLink>
          )}
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-2">
              <h1 className="text-title font-semibold">{title}</h1>
              {badges}
            </div>
            {subtitle && <p className="text-ink-subtle">{subtitle}</p>}
          </div>
        </div>
        {actions && <div className="flex flex-wrap items-center justify-end gap-2">{actions}</div>}
      </div>
      <div className={fill ? "flex flex-1 flex-col gap-4" : "grid gap-4"}>{children}</div>
    </div>
  );
}

/** The main matter and what belongs to it: beside each other on a wide screen, below on a narrow one. */
export function TwoColumns({ main, aside }: { main: ReactNode; aside: ReactNode }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-4">{main}</div>
      <div className="grid min-w-0 gap-4">{aside}</div>
    </div>
  );
}
