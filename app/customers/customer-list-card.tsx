import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";
import type { ListedCustomer } from "./list-customers.server.ts";

/** What a row says where there is no room for columns: below the customer's name. */
export function CustomerListCard({ customer }: { customer: ListedCustomer }) {
  const { email, orderCount, spentMinor, currency, lastOrderAt } = customer;
  return (
    <>
      <div className="flex gap-3">
        <span className="min-w-0 flex-1 truncate">{email ?? "No e-mail address"}</span>
        <Money minor={spentMinor} currency={currency} />
      </div>
      <span className="block truncate text-small text-ink-subtle">
        {orderCount === 1 ? "1 order" : `${orderCount} orders`}
        {lastOrderAt && (
          <>
            {" "}
            · <Time at={lastOrderAt} />
          </>
        )}
      </span>
    </>
  );
}
