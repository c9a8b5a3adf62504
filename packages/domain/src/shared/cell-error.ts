/** What spreadsheets show in place of a value they do not have, and ##### where the column was too narrow. */
const ERROR =
  /^#(N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA|#+)$|^Err:\d{3}$/i;

/**
 * Whether a cell's text stands for a value nobody knows (`CELL_ERROR`): an error of the spreadsheet that was saved as
 * text, or a formula that was.
 */
export function isErrorText(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 0x3d) return text.length > 1;
  return (first === 0x23 || first === 0x45) && ERROR.test(text);
}
