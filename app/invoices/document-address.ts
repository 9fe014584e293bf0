/** A document's page, opened from the page of its order: its way back leads there, not to the list of invoices. */
export const documentOfOrder = (documentId: string): string => `/app/invoices/${documentId}?from=order`;

/**
 * Where a step from a document's page to one of its own and back leads: the way back to the order stays.
 * @param search of the address that is left
 */
export const keepOrigin = (path: string, search: string): string =>
  isOpenedFromOrder(search) ? `${path}?from=order` : path;

/** @param search of the address of a document's page */
export const isOpenedFromOrder = (search: string): boolean =>
  new URLSearchParams(search).get("from") === "order";
