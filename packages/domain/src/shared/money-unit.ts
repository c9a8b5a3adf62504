const NOT_YUAN = '(?:人民币)?(?:万|千|百|亿)元';
/** 单位：万元, anywhere in a line: of the whole table. */
const OF_TABLE = new RegExp(`单位\\s*[:：]?\\s*(${NOT_YUAN})`);
/** （万元） at the end of a title or of a group's header: of the columns under it. */
const OF_GROUP = new RegExp(`[(（\\[【](${NOT_YUAN})[)）\\]】]\\s*$`);

/**
 * The unit other than yuan that the lines above a table's columns give a column of money; null when they give none. A
 * text over several columns stands in the first of them.
 * @param lines the texts of the lines above, titles and groups of columns
 */
export function otherUnitAbove(lines: readonly (readonly string[])[], column: number): string | null {
  for (const line of lines) {
    for (const text of line) {
      const unit = OF_TABLE.exec(text)?.[1];
      if (unit) return unit;
    }
    const over = line.slice(0, column + 1).findLast((text) => text !== '') ?? '';
    const unit = OF_GROUP.exec(over)?.[1];
    if (unit) return unit;
  }
  return null;
}
