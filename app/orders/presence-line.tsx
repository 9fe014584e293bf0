import { describePresences, initialsOf, type OtherPerson } from "./presence.ts";

/** Faces shown before the rest becomes a number. */
const faces = 3;

/** Who else has the order open, in one line. */
export function PresenceLine({ others }: { others: OtherPerson[] }) {
  return (
    <>
      {others.length > 0 && (
        <span className="ml-1 inline-flex max-w-full min-w-0 items-center gap-1.5 align-middle">
          <span className="flex shrink-0 -space-x-1" aria-hidden="true">
            {others.slice(0, faces).map(({ name, isYou }) => (
              <span
                key={`${name} ${isYou}`}
                className="grid size-5 place-items-center rounded-full bg-info text-[0.625rem] leading-none font-semibold text-on-info ring-2 ring-surface"
              >
                {initialsOf(name)}
              </span>
            ))}
          </span>
          <span className="min-w-0 text-ink [overflow-wrap:anywhere]">{describePresences(others)}</span>
        </span>
      )}
      {/* Who comes and goes is announced; every step from field to field would be chatter. */}
      <span role="status" className="sr-only">
        {announce(others)}
      </span>
    </>
  );
}

function announce(others: OtherPerson[]): string {
  const names = others.filter(({ isYou }) => !isYou).map(({ name }) => name);
  if (names.length === 0) return "";
  return `${names.join(" and ")} ${names.length === 1 ? "has" : "have"} this order open too.`;
}
