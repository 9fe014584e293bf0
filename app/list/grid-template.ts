interface GridWidths {
  name: { rem: number };
  columns: Record<string, { rem: number }>;
  end?: { rem: number };
}

/** The grid of head and rows. Widths never depend on what is in the rows, or they would move while one scrolls. */
export function gridTemplate(
  { name, columns, end }: GridWidths,
  shown: readonly string[],
): { template: string; minWidth: string } {
  const rems = [name.rem, ...shown.map((column) => columns[column]?.rem ?? 0)];
  const tracks = rems.map((rem) => `minmax(${rem}rem, ${rem}fr)`);
  const sum = rems.reduce((total, rem) => total + rem, end?.rem ?? 0);
  return { template: [...tracks, ...(end ? [`${end.rem}rem`] : [])].join(" "), minWidth: `${sum}rem` };
}
