/** The mark: a parcel inside an orbit. The same drawing as public/favicon.svg. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" className="size-6 shrink-0" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#1f5eff" />
      <g fill="none" stroke="#fff" strokeWidth="2" strokeLinejoin="round">
        <ellipse cx="16" cy="16" rx="12" ry="5" transform="rotate(-30 16 16)" />
        <path d="M16 10.5l5 2.75v5.5l-5 2.75-5-2.75v-5.5z" fill="#1f5eff" />
        <path d="M11 13.25l5 2.75 5-2.75M16 16v5.5" />
      </g>
    </svg>
  );
}
