/**
 * How a list's columns are read from an address.
 * @returns a function of names joined by commas, which drops unknown and repeated ones and returns null when none is left
 */
export function columnParser<Column extends string>(isColumn: (name: string) => name is Column) {
  return (text: string | null): Column[] | null => {
    const columns = [...new Set((text ?? "").split(",").filter(isColumn))];
    return columns.length > 0 ? columns : null;
  };
}
