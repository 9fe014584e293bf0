/** A stretch of text that both versions have, or only one. */
export interface DiffPart {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Beyond this many words against words the table would cost more than a glance is worth. */
const maxCells = 1_000_000;

/**
 * What has to be taken out of `before` and put in to get `after`, by words. Texts too long for that are compared
 * from both ends only: what lies between the common beginning and the common end counts as replaced.
 */
export function diffWords(before: string, after: string): DiffPart[] {
  const [left, right] = [words(before), words(after)];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(left.length, right.length) - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  ) {
    end += 1;
  }
  const parts: DiffPart[] = [];
  const add = (kind: DiffPart["kind"], text: string) => {
    if (text === "") return;
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  add("same", left.slice(0, start).join(""));
  const [a, b] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  if (a.length * b.length > maxCells) {
    add("removed", a.join(""));
    add("added", b.join(""));
  } else {
    diffMiddle(a, b, add);
  }
  add("same", left.slice(left.length - end).join(""));
  return joinAcrossSpaces(parts);
}

/** Several replaced words in a row read better as one phrase for another than word by word. */
function joinAcrossSpaces(parts: DiffPart[]): DiffPart[] {
  const joined: DiffPart[] = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed) joined.push({ kind: "removed", text: removed });
    if (added) joined.push({ kind: "added", text: added });
    [removed, added] = ["", ""];
  };
  for (const [place, { kind, text }] of parts.entries()) {
    const between = removed !== "" && added !== "" && parts.length > place + 2;
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else if (between && text.trim() === "" && parts[place + 2]?.kind !== "same") {
      removed += text;
      added += text;
    } else {
      flush();
      joined.push({ kind, text });
    }
  }
  flush();
  return joined;
}

/** Words and the spaces between them, so that joining the parts gives the text back. */
const words = (text: string) => text.match(/\s+|[^\s]+/g) ?? [];

/** The longest common subsequence, by the classic table. */
function diffMiddle(a: string[], b: string[], add: (kind: DiffPart["kind"], text: string) => void): void {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      add("same", a[i] ?? "");
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      add("removed", a[i++] ?? "");
    } else {
      add("added", b[j++] ?? "");
    }
  }
  add("removed", a.slice(i).join(""));
  add("added", b.slice(j).join(""));
}
