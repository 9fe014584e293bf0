import type { StoredAddress } from "../../drizzle/schema/orders.ts";
import { AppLink } from "../ui/app-link.tsx";
import { Card } from "../ui/card.tsx";
import { AddressLines, isSameAddress } from "./address-lines.tsx";

/** What an order tells of whoever placed it. */
interface Person {
  /** Null for a guest. */
  customer: { id: string; phone: string | null; erased: boolean } | null;
  customerName: string | null;
  email: string | null;
  sourceName: string | null;
  shippingAddress: StoredAddress | null;
  billingAddress: StoredAddress | null;
}

/** Who ordered. Where nothing is known it says why: a blank would look like a mistake. */
export function CustomerCard(person: Person) {
  const { customer, shippingAddress, billingAddress } = person;
  const missing = describeMissing(person);
  return (
    <Card
      title="Customer"
      action={
        customer && (
          <AppLink
            to={`/app/customers/${customer.id}`}
            prefetch="intent"
            className="py-1 text-small font-medium text-link hover:underline"
          >
            Orders and notes
          </AppLink>
        )
      }
    >
      <div className="grid gap-3">
        <Contact person={person} missing={missing} />
        <div>
          <h3 className="text-small text-ink-subtle">Shipping address</h3>
          {shippingAddress ? (
            <AddressLines address={shippingAddress} />
          ) : (
            <p className="text-ink-subtle">{missing ?? "None: nothing is shipped to an address."}</p>
          )}
        </div>
        <div>
          <h3 className="text-small text-ink-subtle">Billing address</h3>
          {billingAddress ? (
            isSameAddress(billingAddress, shippingAddress) ? (
              <p>Same as shipping address</p>
            ) : (
              <AddressLines address={billingAddress} />
            )
          ) : (
            <p className="text-ink-subtle">{missing ?? "None"}</p>
          )}
        </div>
      </div>
    </Card>
  );
}

function Contact({ person, missing }: { person: Person; missing: string | null }) {
  const { customer, customerName, email, sourceName } = person;
  const guest = !customer && (
    <p className="text-ink-subtle">{sourceName === "pos" ? "Guest, at the point of sale" : "Guest"}</p>
  );
  if (!customerName && !email && !customer?.phone) {
    return customer ? <p className="text-ink-subtle">{missing}</p> : guest;
  }
  return (
    <div>
      {customerName && <p className="font-medium [overflow-wrap:anywhere]">{customerName}</p>}
      {email && (
        <p>
          <a
            href={`mailto:${email}`}
            className="py-0.5 [overflow-wrap:anywhere] text-link underline decoration-1 underline-offset-2"
          >
            {email}
          </a>
        </p>
      )}
      {customer?.phone && <p>{customer.phone}</p>}
      {guest}
    </div>
  );
}

/** Why nothing is known of a customer; null when there is something, or nobody to know of. */
function describeMissing({ customer, customerName, email, shippingAddress }: Person): string | null {
  if (!customer) return null;
  if (customer.erased) return "Erased at the customer's request";
  return customerName || email || customer.phone || shippingAddress ? null : "Not shared by Shopify";
}
