/** What takes a text or a condition away, or closes a message. */
export function CrossMark() {
  return (
    <svg viewBox="0 0 12 12" className="size-3 shrink-0" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  );
}
