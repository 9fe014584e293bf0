import type { RowPlace } from "../list/list-kind.ts";
import { AppLink } from "../ui/app-link.tsx";
import { buttonClass } from "../ui/button.tsx";

/** Opens a row's order in the edit dialog. "Saving…" takes the link's own place, so that no column moves. */
export function EditLink({
  order,
  listQuery,
  busy,
  tabIndex,
}: { order: { id: string; name: string } } & RowPlace) {
  return (
    <span className="relative z-1 inline-block">
      <AppLink
        to={`/app/orders/${order.id}/edit${listQuery}`}
        preventScrollReset
        tabIndex={tabIndex}
        className={buttonClass("secondary", `min-h-7! py-0.5! ${busy ? "invisible" : ""}`)}
      >
        Edit<span className="sr-only"> {order.name}</span>
      </AppLink>
      {busy && (
        <span className="absolute inset-0 grid place-items-center text-small text-ink-subtle">Saving…</span>
      )}
    </span>
  );
}
