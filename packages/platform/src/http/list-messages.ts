/** Texts of what can be wrong with any list that is read (spreadsheet/read-list). */
export const LIST_MESSAGES = {
  LIST_HEADER: { zh: '表头缺少：{missing}', en: 'The header lacks: {missing}.' },
  LIST_EMPTY: { zh: '表中只有表头，没有数据行', en: 'The list has a header and no rows.' },
  LIST_TOO_LONG: {
    zh: '名单超过 {limit} 行（从 {place} 起），请分开导入',
    en: 'The list has more than {limit} rows (from {place}).',
  },
  LIST_UNIT: {
    zh: '“{column}”不是以元为单位。系统不会换算，请改成以元为单位的金额后再上传',
    en: '{column} is not in yuan. Nothing is converted: write the amounts in yuan and upload again.',
  },
  SHEETS_HIDDEN: {
    zh: '有内容的工作表（{sheets}）都是隐藏的，没有读取；请取消隐藏后再上传',
    en: 'All sheets that hold anything ({sheets}) are hidden and were not read; show them and upload again.',
  },
  CELL_ERROR: {
    zh: '“{column}”是错误值或没有计算结果的公式（{value}），请改填实际的值',
    en: '{column} is an error or a formula without a result ({value}); fill in the value.',
  },
  ID_SCIENTIFIC: {
    zh: '“{column}”被存为数值或科学计数法（{value}），末几位已丢失，请设为文本格式按原件重新录入',
    en: '{column} is stored as a number or in scientific notation ({value}): digits are lost. Format it as text and type it again.',
  },
  MASKED_VALUE: {
    zh: '“{column}”{value} 是打了星号的值，请填写完整的值',
    en: '{column} {value} is covered by stars; write it in full.',
  },
  VALUE_PLACEHOLDER: {
    zh: '“{column}”写的是“{value}”，不是实际内容，请填写',
    en: '{column} says {value}, which stands for nothing; fill it in.',
  },
  NAME_UNREADABLE: {
    zh: '姓名“{value}”里有无法识别的字，请按证件原件核对',
    en: 'The name {value} holds a sign that no name has; compare it with the identity card.',
  },
  SHEET_UNREAD: {
    zh: '工作表“{value}”没有读取：表头缺少 {column}',
    en: 'The sheet {value} was not read: it lacks {column}.',
  },
  SHEET_HIDDEN: { zh: '工作表“{value}”是隐藏的，没有读取', en: 'The sheet {value} is hidden and was not read.' },
  SHEET_NO_ROWS: { zh: '工作表“{value}”只有表头，没有数据行', en: 'The sheet {value} has a header and no rows.' },
  COLUMN_UNKNOWN: { zh: '无法识别的列“{column}”，没有读取', en: 'The column {column} is not known and was not read.' },
} as const;
