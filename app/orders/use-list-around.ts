import { useNavigate } from "@remix-run/react";
import { useEffect, useState } from "react";
import { atTop } from "../ui/at-top.ts";
import { findListAround } from "./kept-lists.ts";

/** The list that an order's page was opened from: the way back to it, and to the orders beside this one. */
export function useListAround(orderId: string) {
  const navigate = useNavigate();
  const [list, setList] = useState<ReturnType<typeof findListAround>>(null);
  // A list is kept when it goes, which is after this page was drawn for the first time.
  useEffect(() => setList(findListAround(orderId)), [orderId]);
  // In the place of this one, so that the back button leads to the list.
  const to = (id: string) => () => navigate(`/app/orders/${id}`, { state: atTop, replace: true });
  return {
    address: `/app/orders${list?.search ?? ""}`,
    moves: {
      ...(list?.next && { next: to(list.next) }),
      ...(list?.previous && { previous: to(list.previous) }),
    },
  };
}
