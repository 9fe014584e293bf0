/** Where a column stands after one step to the left or right. */
export function moveColumn(columns: readonly string[], column: string, by: -1 | 1): string[] | null {
  const from = columns.indexOf(column);
  const to = from + by;
  if (from < 0 || to < 0 || to >= columns.length) return null;
  const moved = columns.filter((name) => name !== column);
  moved.splice(to, 0, column);
  return moved;
}
