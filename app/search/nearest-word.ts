/** The known word that somebody who typed `typed` most likely meant; null when none is near. */
export function nearestWord(typed: string, known: readonly string[]): string | null {
  const word = typed.toLowerCase();
  // "created_at" for created, "fin" for financial: somebody knows another system's name or half of ours.
  const longer = known.find((name) => Math.min(name.length, word.length) >= 3 && startsEither(name, word));
  let best: { name: string; distance: number } | null = null;
  for (const name of known) {
    const allowed = Math.min(name.length, word.length) <= 4 ? 1 : 2;
    if (Math.abs(name.length - word.length) > allowed) continue;
    const distance = editDistance(word, name);
    if (distance <= allowed && distance < (best?.distance ?? 3)) best = { name, distance };
  }
  return best?.name ?? longer ?? null;
}

const startsEither = (a: string, b: string) => a.startsWith(b) || b.startsWith(a);

/** How many letters must be put in, taken out, replaced or swapped with their neighbour. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
