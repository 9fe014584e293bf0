import { Card } from "../ui/card.tsx";
import type { Customer } from "./find-customer.server.ts";

/** How to reach a customer. Where nothing is known it says why: a blank would look like a mistake. */
export function CustomerContact({ customer }: { customer: Customer }) {
  const { firstName, lastName, email, phone, erased, shopifyCustomerId } = customer;
  const name = [firstName, lastName].filter(Boolean).join(" ");
  return (
    <Card title="Contact">
      <div className="grid gap-2">
        {erased ? (
          <p className="text-ink-subtle">Erased at the customer's request</p>
        ) : name || email || phone ? (
          <div>
            {name && <p className="font-medium [overflow-wrap:anywhere]">{name}</p>}
            {email && (
              <p>
                <a
                  href={`mailto:${email}`}
                  className="inline-block py-0.5 [overflow-wrap:anywhere] text-link underline decoration-1 underline-offset-2"
                >
                  {email}
                </a>
              </p>
            )}
            {phone && (
              <p>
                <a
                  href={`tel:${phone.replace(/[^+\d]/g, "")}`}
                  className="inline-block py-0.5 text-link underline decoration-1 underline-offset-2"
                >
                  {phone}
                </a>
              </p>
            )}
          </div>
        ) : (
          <p className="text-ink-subtle">Not shared by Shopify</p>
        )}
        <p className="text-small text-ink-subtle">Shopify's customer id: {shopifyCustomerId}</p>
      </div>
    </Card>
  );
}
