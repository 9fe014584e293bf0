import { useLocation } from "@remix-run/react";
import { useFreshExports } from "../exports/use-fresh-exports.ts";
import { Banner } from "../ui/banner.tsx";
import { ButtonLink, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import type { AuditedSeries, NumberAudit, NumberFinding } from "./audit-numbers.server.ts";
import { auditOfSettings, isOpenedFromSettings } from "./document-address.ts";
import { kindLabels } from "./document-row.ts";

const problems: Record<NumberFinding["problem"], string> = {
  missing: "Missing",
  duplicate: "Given twice",
  out_of_order: "Out of order",
};

/** Each series of numbers from its first to its last, and what an auditor would object to. */
export function AuditScreen({ audit, reportHref }: { audit: NumberAudit; reportHref: string }) {
  const { series, findings, auditedAt } = audit;
  const fromSettings = isOpenedFromSettings(useLocation().search);
  // Links to files end after a quarter of an hour.
  useFreshExports(false);
  return (
    <Page
      narrow
      title="Audit of the numbers"
      subtitle={
        <>
          Every document of every series, looked at <Time at={auditedAt} />
        </>
      }
      back={
        fromSettings
          ? { to: "/app/settings/invoices", label: "Invoice settings" }
          : { to: "/app/invoices", label: "Back to the invoices" }
      }
      actions={
        <>
          <ButtonLink to={fromSettings ? auditOfSettings : "/app/invoices/audit"}>Look again</ButtonLink>
          {/* A download is a document of its own, past the router: its token says whose it is. */}
          <a href={reportHref} className={buttonClass("primary")}>
            Report as CSV
          </a>
        </>
      }
    >
      {findings.length === 0 ? (
        <Banner tone="success" title="No number is missing, given twice or out of order">
          <p>
            The database gives each number in the transaction that issues the document, so there can be no
            gap. Whoever runs Atomic Orders can also prove, with invoices:verify, that no document was changed
            since.
          </p>
        </Banner>
      ) : (
        <Findings findings={findings} />
      )}
      <Card title="Series" flush>
        {series.length === 0 ? (
          <EmptyState title="No series yet">
            <p>A series begins with the first document that is issued.</p>
          </EmptyState>
        ) : (
          <SeriesTable series={series} />
        )}
      </Card>
    </Page>
  );
}

function Findings({ findings }: { findings: NumberFinding[] }) {
  return (
    <Banner
      tone="critical"
      title={findings.length === 1 ? "1 thing is wrong" : `${findings.length} things are wrong`}
    >
      <ul className="grid gap-2">
        {findings.map((finding) => (
          <li key={`${finding.seriesId} ${finding.problem} ${finding.number} ${finding.detail}`}>
            <strong>
              {problems[finding.problem]}
              {finding.number && `: ${finding.number}`}
            </strong>{" "}
            ({describeSeries(finding)}). {finding.detail}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

const heading = "px-2 py-2 text-left align-top first:pl-4 last:pr-4 sm:px-4";
const cell = `${heading} [overflow-wrap:anywhere]`;

function SeriesTable({ series }: { series: AuditedSeries[] }) {
  return (
    <table className="w-full border-collapse">
      <thead className="text-small text-ink-subtle">
        <tr className="border-b border-line">
          <th scope="col" className={heading}>
            Series
          </th>
          <th scope="col" className={heading}>
            First
          </th>
          <th scope="col" className={heading}>
            Last
          </th>
          <th scope="col" className={`${heading} text-right`}>
            Count
          </th>
        </tr>
      </thead>
      <tbody>
        {series.map((one) => (
          <tr key={one.id} className="border-line not-first:border-t">
            <th scope="row" className={`${cell} font-medium`}>
              {describeSeries(one)}
            </th>
            <td className={cell}>{one.firstNumber}</td>
            <td className={cell}>{one.lastNumber}</td>
            <td className={`${heading} text-right tabular-nums`}>{one.count.toLocaleString("en")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const describeSeries = ({ kind, year }: Pick<AuditedSeries, "kind" | "year">) =>
  `${kindLabels[kind]}s${year ? ` ${year}` : ", all years"}`;
