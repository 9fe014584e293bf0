/** A document's page, opened from the page of its order: its way back leads there, not to the list of invoices. */
export const documentOfOrder = (documentId: string): string => `/app/invoices/${documentId}?from=order`;

/** @param search of the address of a document's page */
export const isOpenedFromOrder = (search: string): boolean =>
  new URLSearchParams(search).get("from") === "order";
