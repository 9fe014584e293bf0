import { useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { AppLink, AppNavLink } from "./app-link.tsx";
import { AppShortcuts } from "./app-shortcuts.tsx";
import { atTop } from "./at-top.ts";
import { Logo } from "./logo.tsx";
import { Toast } from "./toast.tsx";
import type { AppData } from "./use-app-data.ts";

const screens = [
  { to: "/app", label: "Home" },
  { to: "/app/orders", label: "Orders" },
  { to: "/app/invoices", label: "Invoices" },
  { to: "/app/customers", label: "Customers" },
  { to: "/app/deliveries", label: "Deliveries" },
  { to: "/app/privacy", label: "Privacy" },
  { to: "/app/settings", label: "Settings" },
];

interface AppFrameProps extends Pick<AppData, "shop" | "userName"> {
  /** Whether changes arrive live. */
  connection: ReactNode;
  /** What the last save did. */
  message: string | null;
  /** How to undo it. */
  messageAction?: ReactNode;
  children: ReactNode;
}

/** Around every screen: where one is, whose shop it is, and whether changes arrive live. */
export function AppFrame({ shop, userName, connection, message, messageAction, children }: AppFrameProps) {
  const busy = useNavigation().state !== "idle";
  return (
    <>
      <a
        href="#main"
        className="sr-only z-40 rounded-control bg-primary px-3 py-2 font-semibold text-on-primary focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-20 border-b border-line bg-surface">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 px-3 sm:px-6 lg:flex-nowrap">
          <AppLink to="/app" className="flex shrink-0 items-center gap-2 py-2 font-semibold">
            <Logo />
            <span>Atomic Orders</span>
          </AppLink>
          <nav aria-label="Atomic Orders" className="order-last w-full lg:order-none lg:w-auto">
            <ul className="-mx-2 flex gap-1 max-lg:overflow-x-auto max-lg:pb-1.5 max-sm:gap-0 lg:mx-0">
              {screens.map(({ to, label }) => (
                <li key={to}>
                  <AppNavLink
                    to={to}
                    end={to === "/app"}
                    state={atTop}
                    prefetch="intent"
                    className="block rounded-control px-2.5 py-1.5 font-medium whitespace-nowrap text-ink-subtle hover:bg-surface-hover hover:text-ink focus-visible:outline-offset-[-2px] aria-[current=page]:bg-neutral aria-[current=page]:text-ink max-sm:px-1.5 max-sm:text-small"
                  >
                    {label}
                  </AppNavLink>
                </li>
              ))}
            </ul>
          </nav>
          <div className="ml-auto flex min-w-0 items-center gap-2 text-small text-ink-subtle">
            <p className="min-w-0 truncate max-sm:hidden" title={`${shop.name} (${shop.domain})`}>
              <span className="font-medium text-ink">{shop.name}</span> · {userName}
            </p>
            {connection}
            <AppShortcuts />
          </div>
        </div>
        {busy && (
          <div className="absolute inset-x-0 -bottom-0.5 h-0.5 origin-left animate-progress bg-focus" />
        )}
      </header>
      <main id="main" tabIndex={-1} aria-busy={busy || undefined}>
        {children}
      </main>
      <Toast message={message} action={messageAction} />
    </>
  );
}
