/**
 * Whether a text names somebody, by words that stand in it as a whole, without regard to case, accents and what stands
 * between them: `customer:adams`, `"Eve Adams"`, `eve@example.com`.
 * @param names what the person is called and reached by; what is not known is null
 */
export function namesPerson(text: string, names: readonly (string | null)[]): boolean {
  const words = ` ${plainWords(text)} `;
  return names.some((name) => {
    const wanted = name === null ? "" : plainWords(name);
    return wanted !== "" && words.includes(` ${wanted} `);
  });
}

const plainWords = (text: string) =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .join(" ");
