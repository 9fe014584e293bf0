import type { DocumentContent } from "../documents/document.ts";
import { groupIban } from "../documents/group-iban.ts";
import { type LinkWords, linkWords } from "../documents/languages/link-words.ts";
import { formatMoney } from "../money.ts";
import { Badge } from "../ui/badge.tsx";
import { buttonClass } from "../ui/button.tsx";
import type { LinkedDocument } from "./linked-document.ts";

/** A document as its public link shows it, in the document's language: what is owed, the PDF, how to pay, the lines. */
export function DocumentPage({ document, pdfHref }: { document: LinkedDocument; pdfHref: string }) {
  const { content, number } = document;
  const words = linkWords[content.language];
  const kind = content.kind === "invoice" ? words.invoice : words.creditNote;
  return (
    <>
      <header className="grid gap-1">
        <p className="font-medium text-ink-subtle">{content.seller.name}</p>
        <h1 className="text-[1.625rem] leading-8 font-semibold wrap-anywhere">
          {kind} {number}
        </h1>
      </header>
      <section className="grid gap-5 rounded-card bg-surface px-5 py-5 shadow-card sm:px-6">
        <Standing document={document} words={words} />
        <p className="flex flex-wrap gap-2 print:hidden">
          <a className={buttonClass("primary", "min-h-10 px-4 text-[0.875rem]")} href={`${pdfHref}?download`}>
            {words.download}
          </a>
          <a className={buttonClass("secondary", "min-h-10 px-4 text-[0.875rem]")} href={pdfHref}>
            {words.view}
          </a>
        </p>
        <Facts document={document} words={words} />
      </section>
      <HowToPay document={document} words={words} />
      <Lines content={content} words={words} />
      <footer className="text-small text-ink-subtle">
        <p>{[content.seller.name, ...content.seller.address].filter(Boolean).join(" · ")}</p>
        <p>
          {[content.seller.email, content.seller.phone, content.seller.website].filter(Boolean).join(" · ")}
        </p>
        <p>{content.seller.taxIds.map(({ label, value }) => `${label} ${value}`).join(" · ")}</p>
      </footer>
    </>
  );
}

interface Part {
  document: LinkedDocument;
  words: LinkWords;
}

function Standing({ document: { content, standing, owedMinor }, words }: Part) {
  if (standing === "paid") return <p className="text-heading font-semibold text-on-success">{words.paid}</p>;
  if (standing === "settled") return <p className="text-heading font-semibold">{words.settled}</p>;
  const minor = standing === "credit_note" ? content.totals.grossMinor : owedMinor;
  return (
    <div>
      <p className="flex flex-wrap items-center gap-2 text-ink-subtle">
        {standing === "credit_note" ? words.creditedAmount : words.amountDue}
        {standing === "overdue" && <Badge tone="warning">{words.overdue}</Badge>}
      </p>
      <p className="text-[2rem] leading-10 font-semibold tabular-nums">
        {formatMoney(minor, content.currency, content.language)}
      </p>
    </div>
  );
}

function Facts({ document: { content, issuedOn, dueOn, standing }, words }: Part) {
  const day = new Intl.DateTimeFormat(content.language, { dateStyle: "long", timeZone: "UTC" });
  const owes = standing === "owed" || standing === "overdue";
  const buyer = content.buyer.company ?? content.buyer.name;
  const facts: [string, string | null][] = [
    [words.issuedOn, day.format(new Date(issuedOn))],
    [words.dueOn, owes && dueOn ? day.format(new Date(dueOn)) : null],
    [words.order, content.order.name],
    [words.billedTo, buyer],
  ];
  return <FactList facts={facts} />;
}

function FactList({ facts }: { facts: [string, string | null][] }) {
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt className="text-small text-ink-subtle">{name}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function HowToPay({ document: { content, number, standing }, words }: Part) {
  const { bank } = content.seller;
  if ((standing !== "owed" && standing !== "overdue") || !bank.iban) return null;
  return (
    <section className="grid gap-3 rounded-card bg-surface px-5 py-5 shadow-card sm:px-6">
      <h2 className="text-[1rem] font-semibold">{words.howToPay}</h2>
      <FactList
        facts={[
          ["IBAN", groupIban(bank.iban)],
          ["BIC", bank.bic],
          [words.accountHolder, bank.holder ?? content.seller.name],
          [words.bank, bank.name],
          [words.reference, number],
        ]}
      />
    </section>
  );
}

function Lines({ content, words }: { content: DocumentContent; words: LinkWords }) {
  const money = (minor: string) => formatMoney(minor, content.currency, content.language);
  return (
    <section className="rounded-card bg-surface px-5 py-4 shadow-card sm:px-6">
      <table className="w-full">
        <thead>
          <tr className="border-b border-line text-small text-ink-subtle">
            <th scope="col" className="py-2 pr-3 text-left font-medium">
              {words.item}
            </th>
            <th scope="col" className="px-3 py-2 text-right font-medium">
              {words.quantity}
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-medium">
              {words.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {content.lines.map((line) => (
            <tr key={line.key} className="border-b border-line align-top">
              <th scope="row" className="py-2 pr-3 text-left font-normal wrap-anywhere">
                {line.title}
                {line.details && <span className="block text-small text-ink-subtle">{line.details}</span>}
              </th>
              <td className="px-3 py-2 text-right tabular-nums">{line.quantity}</td>
              <td className="py-2 pl-3 text-right whitespace-nowrap tabular-nums">
                {money(line.amountMinor)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot className="print:table-row-group">
          <Total label={words.net} value={money(content.totals.netMinor)} />
          <Total label={words.tax} value={money(content.totals.taxMinor)} />
          <Total label={words.total} value={money(content.totals.grossMinor)} strong />
        </tfoot>
      </table>
    </section>
  );
}

function Total({ label, value, strong = false }: { label: string; value: string; strong?: boolean }) {
  const weight = strong ? "font-semibold" : "font-normal";
  return (
    <tr className={strong ? weight : "text-ink-subtle"}>
      <th scope="row" colSpan={2} className={`pt-2 pr-3 text-left ${weight}`}>
        {label}
      </th>
      <td className="pt-2 pl-3 text-right whitespace-nowrap tabular-nums">{value}</td>
    </tr>
  );
}
