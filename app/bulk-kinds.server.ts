import type { BulkKinds } from "./bulk/bulk-kind.ts";
import { orderKinds } from "./bulk/order-kinds.server.ts";
import { documentKinds } from "./invoices/document-kinds.server.ts";
import { issueKinds } from "./invoices/issue-kind.server.ts";
import { mailKinds } from "./mail/mail-kind.server.ts";

/** Every kind of bulk action of every feature. Features to the right of bulk join theirs in here. */
export const bulkKinds: BulkKinds = { ...orderKinds, ...issueKinds, ...documentKinds, ...mailKinds };
