import type { StoredAddress } from "../../drizzle/schema/orders.ts";

/** A postal address, one part a line; what is missing takes no line. */
export function AddressLines({ address }: { address: StoredAddress }) {
  const lines = linesOf(address);
  if (lines.length === 0) return <p className="text-ink-subtle">Not shared by Shopify</p>;
  return (
    <address className="grid [overflow-wrap:anywhere] not-italic">
      {lines.map(([part, line]) => (
        <span key={part}>{line}</span>
      ))}
    </address>
  );
}

export function isSameAddress(left: StoredAddress, right: StoredAddress | null): boolean {
  return right !== null && JSON.stringify(linesOf(left)) === JSON.stringify(linesOf(right));
}

function linesOf(address: StoredAddress): [string, string][] {
  const { name, company, address1, address2, zip, city, province, country, phone } = address;
  const town = [[zip, city].filter(Boolean).join(" "), province].filter(Boolean).join(", ");
  const lines = { name, company, address1, address2, town, country, phone };
  return Object.entries(lines).filter((line): line is [string, string] => Boolean(line[1]));
}
