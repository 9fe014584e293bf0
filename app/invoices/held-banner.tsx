import { Banner } from "../ui/banner.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { HeldList } from "./held-list.tsx";
import type { HeldOrder } from "./held-orders.server.ts";

/** Says above the list that orders wait for a person, and why the one that has waited longest does. */
export function HeldBanner({ held, count }: { held: HeldOrder[]; count: number }) {
  if (count === 0) return null;
  return (
    <Banner
      tone="warning"
      title={count === 1 ? "1 order waits for you" : `${count.toLocaleString("en")} orders wait for you`}
      actions={count > held.length && <ButtonLink to="/app/invoices/held">Show all that wait</ButtonLink>}
    >
      <HeldList held={held} />
    </Banner>
  );
}
