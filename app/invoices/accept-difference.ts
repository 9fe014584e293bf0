/** The field, in an address or a form, by which a person accepts that Shopify's figures and the lines differ. */
export const differenceField = "difference";

export const acceptsDifference = (fields: { get(name: string): unknown }): boolean =>
  fields.get(differenceField) === "accept";
