const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** The parts of an .xlsx of one sheet, for `makeZip`: workbooks that no program would write. */
export function xlsxParts(
  sheet: string,
  more: Readonly<Record<string, string>> = {},
  properties = '',
): Record<string, string> {
  return {
    'xl/workbook.xml': `<workbook xmlns:r="${RELS}">${properties}<sheets><sheet name="甲&amp;乙" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELS}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="${RELS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  };
}
