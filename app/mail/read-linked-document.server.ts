import { type Db, withShop } from "../db.server.ts";
import type { DocumentContent } from "../documents/document.ts";
import type { ShopId } from "../shops/shop.ts";
import type { LinkedDocument } from "./linked-document.ts";

interface Row {
  kind: DocumentContent["kind"];
  number: string;
  issuedOn: string;
  dueOn: string | null;
  content: string;
  state: string;
  owedMinor: string;
}

/**
 * Reads the document that an opened link leads to. @returns null once the shop has uninstalled the app: it no longer
 * answers for what its links show
 */
export function readLinkedDocument(
  db: Db,
  shopId: ShopId,
  documentId: string,
): Promise<LinkedDocument | null> {
  return withShop(db, shopId, async ({ sql }) => {
    const [row] = await sql<Row[]>`
      select d.kind, d.number, d.issued_on::text as "issuedOn", d.due_on::text as "dueOn", d.content,
        case when s.state = 'issued' and d.due_on < (now() at time zone shop.time_zone)::date then 'overdue'
          else coalesce(s.state, 'issued') end as state,
        greatest(d.gross_minor - coalesce(s.paid_minor, 0) - coalesce(s.credited_minor, 0), 0)::text as "owedMinor"
      from documents d join shops shop on shop.id = d.shop_id
      left join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
      where d.shop_id = ${shopId} and d.id = ${documentId} and shop.uninstalled_at is null`;
    if (!row) return null;
    const { kind, state, content, ...facts } = row;
    const standing = standingOf(kind, state, facts.owedMinor);
    return { ...facts, content: JSON.parse(content), standing };
  });
}

function standingOf(kind: Row["kind"], state: string, owedMinor: string): LinkedDocument["standing"] {
  if (kind === "credit_note") return "credit_note";
  if (state === "paid") return "paid";
  if (state === "credited" || owedMinor === "0") return "settled";
  return state === "overdue" ? "overdue" : "owed";
}
