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

/** The page of an order that waits for a person, opened from the list of those: its way back leads there. */
export const heldOrder = (orderId: string): string => `/app/orders/${orderId}?from=held`;

/** @param search of the address of an order's page, or of what it would be invoiced */
export const isOpenedFromHeld = (search: string): boolean =>
  new URLSearchParams(search).get("from") === "held";

/** The audit of the numbers, opened from the invoice settings: its way back leads there, not to the list of invoices. */
export const auditOfSettings = "/app/invoices/audit?from=settings";

/** @param search of the address of the audit */
export const isOpenedFromSettings = (search: string): boolean =>
  new URLSearchParams(search).get("from") === "settings";
