import type { RosterCode, RosterProblem } from './problem.ts';

export type Language = 'zh' | 'en';

interface Text {
  /** What is wrong; {column} and {value} are filled in. */
  readonly message: string;
  /** What the official can do about it. */
  readonly suggestion: string;
}

/** The texts of every roster problem. */
export const ROSTER_MESSAGES: Readonly<Record<RosterCode, Readonly<Record<Language, Text>>>> = {
  REQUIRED_EMPTY: {
    zh: { message: '“{column}”为空', suggestion: '请填写后重新导入' },
    en: { message: '"{column}" is empty', suggestion: 'Fill it in and import again' },
  },
  ID_SCIENTIFIC: {
    zh: {
      message: '“{column}”被存为数值或科学计数法（{value}），末几位已丢失',
      suggestion: '请把该列设为文本格式，按原件重新录入，系统不会猜测',
    },
    en: {
      message: '{column} is stored as a number or in scientific notation ({value}): digits are lost',
      suggestion: 'Format the column as text and type the number again from the original; it is never guessed',
    },
  },
  ID_INVALID: {
    zh: {
      message: '证件号码 {value} 的位数、出生日期或校验码不对，也不是残疾人证号',
      suggestion: '请按身份证（18 位）或残疾人证（20 或 22 位）核对',
    },
    en: {
      message: 'ID number {value}: wrong length, date or check digit, and not a disability certificate',
      suggestion: 'Compare with the identity card (18) or the disability certificate (20 or 22 characters)',
    },
  },
  REGION_UNKNOWN: {
    zh: {
      message: '“{column}”{value} 不在本县区划中，或与户主所在的地方不一致',
      suggestion: '请按区划表写全称；重名的村要写全名；同一户的成员写同一个村',
    },
    en: {
      message: '{column} {value} is not in the region table under this county, or not where the head lives',
      suggestion: 'Write it as in the region table, in full where names repeat, and the same for all of a household',
    },
  },
  HEAD_MISSING: {
    zh: { message: '该户没有户主', suggestion: '请把一名成员的“与户主关系”填为户主' },
    en: { message: 'The household has no head', suggestion: 'Give one member the relation 户主' },
  },
  HEAD_MULTIPLE: {
    zh: {
      message: '该户有多名户主',
      suggestion: '请只保留一名户主，其余成员改填与户主的关系；名册中的原户主也要写在表中',
    },
    en: {
      message: 'The household has several heads',
      suggestion: 'Keep one head and correct the other relations; write the head of the register in the file too',
    },
  },
  PERSON_TWICE: {
    zh: { message: '证件号码 {value} 在表中出现多次', suggestion: '请删去重复的行，或更正填错的证件号码' },
    en: {
      message: 'ID number {value} stands in more than one row',
      suggestion: 'Remove the repeated row or correct the wrong number',
    },
  },
  PERSON_ELSEWHERE: {
    zh: {
      message: '证件号码 {value} 已登记在另一户，而本表未同时带来那一户',
      suggestion: '如已迁入本户，请把原户（不含此人）和本户放在同一份表中导入；如号码填错，请更正',
    },
    en: {
      message: 'ID number {value} is registered in another household which this file does not bring',
      suggestion:
        'If the person moved, bring both households in one file, the old one without the person; else correct the number',
    },
  },
  ID_CHANGED: {
    zh: {
      message: '该户已有同名或同一人编号的成员，证件号码不同：{value}',
      suggestion: '如果是同一人更正了证件号码，请在导入页确认；如果不是同一人，也请注明',
    },
    en: {
      message: 'The household has a member of this name or person number under another ID number: {value}',
      suggestion: 'Say on the import page whether it is the same person under a corrected number',
    },
  },
  HOUSEHOLD_DISAGREES: {
    zh: { message: '“{column}”{value} 与户主一行不同，以户主一行为准', suggestion: '同一户的情况请各行填写一致' },
    en: {
      message: '{column} {value} differs from the head’s row, which counts',
      suggestion: 'Write the same of the household in each of its rows',
    },
  },
  PERSON_NUMBER_TWICE: {
    zh: { message: '人编号 {value} 用于两名人员', suggestion: '请核对人编号，每人只用一个' },
    en: {
      message: 'Person number {value} is used for different persons',
      suggestion: 'Give each person a number of his own',
    },
  },
  VALUE_UNKNOWN: {
    zh: { message: '“{column}”的值“{value}”不在字典中', suggestion: '请改为字典中的值' },
    en: { message: '"{value}" is not a known value of {column}', suggestion: 'Use a value of the dictionary' },
  },
  NUMBER_INVALID: {
    zh: { message: '“{column}”应为数字：{value}', suggestion: '请只填数字，不带单位和文字' },
    en: { message: '{column} must be a number: {value}', suggestion: 'Write digits only, without unit or words' },
  },
  CELL_ERROR: {
    zh: {
      message: '“{column}”的单元格是错误值或没有计算结果的公式（{value}）',
      suggestion: '请在表格里改正公式，或改填实际的值，再重新导入',
    },
    en: {
      message: 'The cell of {column} is an error or a formula without a result ({value})',
      suggestion: 'Correct the formula in the spreadsheet or fill in the value, and import again',
    },
  },
  PHONE_INVALID: {
    zh: { message: '“{column}”{value} 不是电话号码，没有采用', suggestion: '登记册里的号码保留不变；请核对后更正' },
    en: {
      message: '{column} {value} is not a telephone number and is not taken',
      suggestion: 'The number in the register stays; check and correct it',
    },
  },
  DATE_INVALID: {
    zh: {
      message: '“{column}”{value} 不是日期，或看不出是哪一天，没有采用',
      suggestion: '登记册里的日期保留不变；请写成 2019-03-01 这样的日期',
    },
    en: {
      message: '{column} {value} is no day of the calendar, or not clearly one, and is not taken',
      suggestion: 'The day in the register stays; write it like 2019-03-01',
    },
  },
  NAME_UNREADABLE: {
    zh: {
      message: '姓名“{value}”里有无法识别的字（问号、自造字、部首、数字或控制符）',
      suggestion: '请按证件原件录入；银行和打印都会因此出错',
    },
    en: {
      message:
        'The name {value} holds a sign that no name has (?, a private-use sign, a radical, a digit or control sign)',
      suggestion: 'Type it again from the identity card: banks and printers would refuse it',
    },
  },
  MASKED_VALUE: {
    zh: {
      message: '“{column}”{value} 是打了星号的值，没有采用',
      suggestion: '登记册里的值保留不变；如需更改，请填写完整的值',
    },
    en: {
      message: '{column} {value} is covered by stars and is not taken',
      suggestion: 'The value in the register stays; write it in full to change it',
    },
  },
  SHEET_UNREAD: {
    zh: { message: '工作表“{value}”没有读取：表头缺少 {column}', suggestion: '请改用标准列名后再导入该表' },
    en: {
      message: 'The sheet {value} was not read: its header lacks {column}',
      suggestion: 'Use the standard headers and import it again',
    },
  },
  COUNT_MISMATCH: {
    zh: { message: '人数 {value} 与该户在表中的行数不一致', suggestion: '请核对是否漏填成员，或更正人数' },
    en: {
      message: 'Member count {value} differs from the rows of the household',
      suggestion: 'Look for a missing member or correct the count',
    },
  },
  COLUMN_UNKNOWN: {
    zh: { message: '无法识别的列“{column}”，内容随导入记录保存', suggestion: '如应识别，请改用标准列名' },
    en: {
      message: 'Unknown column "{column}", kept with the import record',
      suggestion: 'Use the standard header if it should be read',
    },
  },
  OUTSIDE_SCOPE: {
    zh: {
      message: '“{column}”{value} 不在您的管辖范围内，该户没有导入',
      suggestion: '请从表中删去，或请其所在乡镇或县级经办人导入',
    },
    en: {
      message: '{column} {value} lies outside the area you are in charge of; the household is not imported',
      suggestion: 'Remove it, or let its township or the county office import it',
    },
  },
  HOUSEHOLD_NEWER: {
    zh: {
      message: '该户在系统中已有 {value} 的情况，比本表所述的日期新，本户没有导入',
      suggestion: '请核对表中情况是哪一天的；如确为更新的情况，请重新上传并填写正确的日期',
    },
    en: {
      message: 'Of this household the register knows a later day ({value}) than the one this file describes',
      suggestion: 'Check which day the file describes, and upload it again with that day if it is the later one',
    },
  },
  STATUS_PROCEDURAL: {
    zh: {
      message: '该户的脱贫属性已按程序公告确定，没有采用表中的“{column}”，其他内容照常导入',
      suggestion: '如需变更，请按识别、退出程序办理，不能用导入代替',
    },
    en: {
      message:
        'The status of this household was announced by the procedure; {column} of the sheet is not taken, the rest is',
      suggestion: 'Change it by the procedure; an import cannot take its place',
    },
  },
};

/**
 * `PERSON_ELSEWHERE` without a value: the other household lies outside the importer's area, and nothing of it is said
 * (formats, the code's row).
 */
const SETTLED_BY_COUNTY: Readonly<Record<Language, Text>> = {
  zh: { message: '此人须由县级核实后才能导入', suggestion: '请联系县级经办人处理，该户暂不导入' },
  en: { message: 'The county must settle this person first', suggestion: 'Ask the county office; the household waits' },
};

const HIDDEN_SHEET: Readonly<Record<Language, Text>> = {
  zh: { message: '工作表“{value}”是隐藏的，没有读取', suggestion: '如需导入，请取消隐藏后再上传' },
  en: { message: 'The sheet {value} is hidden and was not read', suggestion: 'Show it and upload again to import it' },
};
const SHEET_WITHOUT_ROWS: Readonly<Record<Language, Text>> = {
  zh: { message: '工作表“{value}”只有表头，下面没有数据', suggestion: '请检查是否传错了文件' },
  en: { message: 'The sheet {value} has a header and nothing under it', suggestion: 'Check that it is the right file' },
};

/** Why a sheet was not read is told by what the problem names: the columns it lacks, its header's row, or neither. */
function unreadText(problem: Pick<RosterProblem, 'column' | 'row'>): Readonly<Record<Language, Text>> {
  if (problem.column !== '') return ROSTER_MESSAGES.SHEET_UNREAD;
  return problem.row > 0 ? SHEET_WITHOUT_ROWS : HIDDEN_SHEET;
}

function textsOf(problem: Pick<RosterProblem, 'code' | 'row' | 'column' | 'value'>): Readonly<Record<Language, Text>> {
  if (problem.code === 'SHEET_UNREAD') return unreadText(problem);
  return problem.code === 'PERSON_ELSEWHERE' && problem.value === ''
    ? SETTLED_BY_COUNTY
    : ROSTER_MESSAGES[problem.code];
}

/** A problem's message and suggestion in a language. */
export function problemText(
  problem: Pick<RosterProblem, 'code' | 'row' | 'column' | 'value'>,
  language: Language,
): Text {
  const text = textsOf(problem)[language];
  const message = text.message.replace(/\{(column|value)\}/g, (_, key: 'column' | 'value') => problem[key]);
  return { message, suggestion: text.suggestion };
}
