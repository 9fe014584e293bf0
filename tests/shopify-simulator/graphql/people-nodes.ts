import { globalId } from "../ids.ts";
import type { Address, Customer } from "../orders/order-payload.ts";
import { utc } from "./money-node.ts";
import type { Node } from "./resolve-field.ts";

export function addressNode(address: Address | null, owner: bigint): Node | null {
  if (!address) return null;
  const { first_name, last_name, province_code, country_code, ...same } = address;
  return {
    __typename: "MailingAddress",
    id: globalId("MailingAddress", owner),
    ...same,
    firstName: first_name,
    lastName: last_name,
    provinceCode: province_code,
    countryCode: country_code,
    countryCodeV2: country_code,
    formatted: [
      address.company,
      address.address1,
      address.address2,
      address.zip,
      address.city,
      address.country,
    ].filter((line) => line !== null),
    formattedArea: [address.city, address.country].filter((line) => line !== null).join(", "),
  };
}

export function customerNode(customer: Customer | null): Node | null {
  if (!customer) return null;
  const name = [customer.first_name, customer.last_name].filter((part) => part !== null).join(" ");
  const address = addressNode(customer.default_address, customer.default_address?.id ?? customer.id);
  return {
    __typename: "Customer",
    id: customer.admin_graphql_api_id,
    legacyResourceId: String(customer.id),
    firstName: customer.first_name,
    lastName: customer.last_name,
    displayName: name || customer.email || "Customer",
    email: customer.email,
    phone: customer.phone,
    defaultEmailAddress: customer.email ? { emailAddress: customer.email, validFormat: true } : null,
    defaultPhoneNumber: customer.phone ? { phoneNumber: customer.phone } : null,
    defaultAddress: address,
    addresses: address ? [address] : [],
    note: customer.note,
    verifiedEmail: customer.verified_email,
    taxExempt: customer.tax_exempt,
    state: customer.state.toUpperCase(),
    createdAt: utc(customer.created_at),
    updatedAt: utc(customer.updated_at),
    locale: "en",
  };
}
