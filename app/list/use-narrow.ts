import { useSyncExternalStore } from "react";

/** The width below which Tailwind's `max-md` holds. */
const narrow = "(width < 48rem)";

/** Whether there is room for cards only. Null where nobody knows: on the server, and while the page hydrates. */
export function useNarrow(): boolean | null {
  return useSyncExternalStore<boolean | null>(
    subscribe,
    () => matchMedia(narrow).matches,
    () => null,
  );
}

function subscribe(listener: () => void) {
  const query = matchMedia(narrow);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
