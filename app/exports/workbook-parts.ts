const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";
const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The styles of a workbook by their place in its list. */
export const cellStyles = { plain: 0, header: 1, quoted: 2, instant: 3, firstMoney: 4 } as const;

const moneyFormats = ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"];
const firstMoneyFormat = 165;
const instantFormat = 164;

/** The style of an amount with so many decimals. */
export const moneyStyle = (exponent: number): number => cellStyles.firstMoney + exponent;

/** The parts of a workbook that are not its sheets, by their path in the file. */
export function workbookParts(sheetNames: string[]): Record<string, string> {
  const numbers = sheetNames.map((_, index) => index + 1);
  const sheets = numbers.map((n) => `<sheet name="${sheetNames[n - 1]}" sheetId="${n}" r:id="rId${n}"/>`);
  const overrides = numbers.map(
    (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`,
  );
  const relations = numbers.map(
    (n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  return {
    "[Content_Types].xml":
      `${head}<Types xmlns="${packaged}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>${overrides.join("")}</Types>`,
    "_rels/.rels":
      `${head}<Relationships xmlns="${packaged}/relationships">` +
      `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml":
      `${head}<workbook xmlns="${main}" xmlns:r="${office}">` +
      `<sheets>${sheets.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      `${head}<Relationships xmlns="${packaged}/relationships">${relations.join("")}` +
      `<Relationship Id="rId${numbers.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": stylesXml(),
  };
}

function stylesXml(): string {
  const formats = [
    `<numFmt numFmtId="${instantFormat}" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/>`,
    ...moneyFormats.map(
      (code, exponent) => `<numFmt numFmtId="${firstMoneyFormat + exponent}" formatCode="${code}"/>`,
    ),
  ];
  const number = (id: number) =>
    `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`;
  const styles = [
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>',
    number(instantFormat),
    ...moneyFormats.map((_, exponent) => number(firstMoneyFormat + exponent)),
  ];
  const font = '<sz val="11"/><name val="Calibri"/>';
  return (
    `${head}<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${formats.join("")}</numFmts>` +
    `<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${styles.length}">${styles.join("")}</cellXfs></styleSheet>`
  );
}
