/** A shortcut's keys as they stand on the keyboard. Drawn in the browser only, which knows whose keyboard it is. */
export function KeyCaps({ keys }: { keys: string }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1">
      {keys.split(" ").map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may stand twice
        <span key={index} className="contents">
          {index > 0 && <span className="text-small text-ink-subtle">then</span>}
          {key.split("+").map((cap) => (
            <kbd
              key={cap}
              className="min-w-6 rounded border border-line-strong bg-surface-subtle px-1.5 py-0.5 text-center font-sans text-small"
            >
              {capOf(cap)}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

const isMac = () => /mac|iphone|ipad/i.test(navigator.platform);

function capOf(key: string): string {
  if (key === "Mod") return isMac() ? "⌘" : "Ctrl";
  return key.length === 1 ? key.toUpperCase() : key;
}
