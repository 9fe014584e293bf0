import { useNavigate } from "@remix-run/react";
import { useEffect, useState } from "react";
import { atTop } from "../ui/at-top.ts";
import { findListAround } from "./kept-lists.ts";

/** The list of a path that a row's page was opened from: the way back to it, and to the rows beside this one. */
export function useListAround(path: string, id: string) {
  const navigate = useNavigate();
  const [found, setFound] = useState<{ id: string; list: ReturnType<typeof findListAround> } | null>(null);
  // A list is kept when it goes, which is after this page was drawn for the first time.
  useEffect(() => setFound({ id, list: findListAround(path, id) }), [path, id]);
  // The next row's page knows its own at once: a key pressed as soon as it shows must not go the way of the last one's.
  const list = found && found.id !== id ? findListAround(path, id) : found?.list;
  // In the place of this one, so that the back button leads to the list.
  const to = (beside: string) => () => navigate(`${path}/${beside}`, { state: atTop, replace: true });
  return {
    address: `${path}${list?.search ?? ""}`,
    moves: {
      ...(list?.next && { next: to(list.next) }),
      ...(list?.previous && { previous: to(list.previous) }),
    },
  };
}
