import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import type { DocumentProof } from "./document-proof.server.ts";

interface ProofCardProps {
  hash: string;
  fileSha256: string | null;
  proof: DocumentProof | null;
}

/** What an auditor asks of a document: that it is what was issued. */
export function ProofCard({ hash, fileSha256, proof }: ProofCardProps) {
  const verified = proof?.isSealed && proof.isChained;
  return (
    <Card title="Proof">
      <div className="grid gap-2">
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={verified ? "success" : "critical"} pip={verified ? "full" : "cross"}>
            {verified ? "Verified" : "Changed since"}
          </Badge>
          {verified
            ? "It is as it was issued, and so is its link to the one before it."
            : "This is not what was issued. Whoever runs Atomic Orders can find out more with invoices:verify."}
        </p>
        <dl className="grid gap-2">
          <Hash label="Hash of the document (SHA-256)" value={hash} />
          {fileSha256 && <Hash label="Hash of the PDF (SHA-256)" value={fileSha256} />}
        </dl>
      </div>
    </Card>
  );
}

const Hash = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt className="text-small text-ink-subtle">{label}</dt>
    <dd className="font-mono text-small break-all">{value}</dd>
  </div>
);
