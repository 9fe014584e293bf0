import type { ReactNode } from "react";
import type { SearchVocabulary } from "./query.ts";

const general: [example: string, meaning: string][] = [
  ["anna berlin", "Both words, each in any field. The beginning of a word is enough."],
  ['"green tea"', "Exactly these characters, at least three."],
  ["#1042", "The one with this name."],
  ["-tag:hold", "Without it. NOT tag:hold is the same."],
  ["status:shipped,pending", "Any of several values."],
  ["total:100..200", "A range. >=100, >100, <=200, <200, 100.. and ..200 work too."],
  ["created:-7d..", "The last seven days. Days are 2026-11-01, 2026-11, 2026, today, yesterday or -7d."],
];

/** How to search, written from what can be searched for. It opens without a script. */
export function SearchHelp({ vocabulary }: { vocabulary: SearchVocabulary }) {
  const { fields, flags } = vocabulary;
  const keys = new Set([...fields.map(({ name }) => name), "anna", '"green', "#1042"]);
  // A list without totals is not told how to search for them.
  const rules = general.filter(([example]) => keys.has(example.replace(/^-/, "").split(/[: ]/)[0] ?? ""));
  return (
    <details className="text-body">
      <summary className="inline-block min-h-6 rounded-control py-0.5 text-small text-link hover:underline">
        How to search
      </summary>
      <div className="mt-2 grid gap-4 rounded-control border border-line bg-surface-subtle p-4 lg:grid-cols-2">
        <Section title="Words and conditions" note="All conditions must hold.">
          {rules.map(([example, meaning]) => (
            <Entry key={example} example={example} meaning={meaning} />
          ))}
          {flags.map(({ prefix, value, label }) => (
            <Entry key={prefix + value} example={`${prefix}:${value}`} meaning={`${label}.`} />
          ))}
        </Section>
        <Section title="Fields" note="Words of names and texts need only be begun.">
          {fields.map(({ name, example, description }) => (
            <Entry key={name} example={example} meaning={description} />
          ))}
        </Section>
      </div>
    </details>
  );
}

function Section({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h2 className="font-semibold">{title}</h2>
      <p className="text-small text-ink-subtle">{note}</p>
      <dl className="mt-2 grid gap-x-4 gap-y-1.5 sm:grid-cols-[max-content_minmax(0,1fr)]">{children}</dl>
    </section>
  );
}

function Entry({ example, meaning }: { example: string; meaning: string }) {
  return (
    <>
      <dt className="min-w-0">
        <code className="rounded bg-neutral px-1.5 py-0.5 text-small break-words text-on-neutral">
          {example}
        </code>
      </dt>
      <dd className="text-ink-subtle max-sm:mb-1">{meaning}</dd>
    </>
  );
}
