import { IDENTIFICATION_MESSAGES } from '@bangfu/domain/identification/messages';
import type { Messages } from '@bangfu/platform/http/messages';

/** Texts of this service's refusals, and of the rules it keeps. */
export const MESSAGES: Messages = {
  ...IDENTIFICATION_MESSAGES,
  REGION_TABLE_HEADER: {
    zh: '区划表缺少列 {missing}，或没有数据行；需要 code、level、name、parent_code',
    en: 'The region table lacks {missing} or has no rows; it needs code, level, name and parent_code.',
  },
  REGION_TABLE_WRONG: {
    zh: '区划表有 {rows} 行有误，没有改动任何内容；请改好后重新导入',
    en: '{rows} rows of the region table are wrong. Nothing was changed; correct them and import again.',
  },
  REGION_TABLE_LINE: {
    zh: '第 {row} 行：代码须为 12 位，级别与代码一致，名称不为空',
    en: 'Row {row}: 12-digit code, level that fits it, a name.',
  },
  REGION_TABLE_POSITION: {
    zh: '第 {row} 行：“{value}”不是经纬度，应先写经度再写纬度，例如 119.40,41.25',
    en: 'Row {row}: “{value}” is no position; write longitude, then latitude, such as 119.40,41.25.',
  },
  REGION_TABLE_NEIGHBOUR: {
    zh: '第 {row} 行：相邻行政区划“{value}”应为 12 位代码，多个用逗号分开',
    en: 'Row {row}: “{value}” should be 12-digit codes of the divisions beside it, parted by commas.',
  },
  REGION_TABLE_TWICE: {
    zh: '第 {row} 行：代码 {code} 与第 {first} 行重复，请只保留一行',
    en: 'Row {row}: repeats the code {code} of row {first}; keep one.',
  },
  REGION_TABLE_PARENT: {
    zh: '第 {row} 行：上级代码 {parent} 有误，上级须在表中或已导入、级别更高，且本代码在其范围内（前缀相同）',
    en: 'Row {row}: parent {parent} must be known, of the level above, and a prefix of the code.',
  },
  'REGION_TABLE_PARENT.': { zh: '（空）', en: '(none)' },
  REGION_TABLE_OUTSIDE: {
    zh: '第 {row} 行：区划 {code} 不在您的管辖范围内，请删去',
    en: 'Row {row}: {code} lies outside the area you are in charge of; remove it.',
  },
  REGION_TABLE_CELL: {
    zh: '第 {row} 行：“{column}”不能读取（{value}）——错误值、没有计算结果的公式、打了星号，或代码被存为数值而丢了末几位',
    en: 'Row {row}: “{column}” cannot be read ({value}): an error, a formula without a result, stars, or a code that lost digits.',
  },
  COUNTY_UNKNOWN: {
    zh: '区划表中没有这个县（{county}），请先导入区划，或指明县代码',
    en: 'No such county ({county}) in the region table; import regions first or name the county.',
  },
  IMPORT_UNKNOWN: { zh: '没有这次导入', en: 'No such import.' },
  IMPORT_REGISTER_BUSY: {
    zh: '导入期间名册一直有人修改，没有入库任何内容；请稍后重新导入',
    en: 'The register kept changing during the import; nothing was written. Import again later.',
  },
  IMPORT_NOT_OPEN: { zh: '这次导入已经结束，不能再处理', en: 'This import has ended.' },
  IMPORT_NOT_CHECKED: {
    zh: '这次导入尚未试运行完成，或已经处理过',
    en: 'This import is not checked, or was dealt with already.',
  },
  IMPORT_NOT_COMMITTED: {
    zh: '这次导入没有入库，或已经撤销',
    en: 'This import was not committed, or is undone already.',
  },
  IMPORT_BUILT_ON: {
    zh: '不能撤销，这次导入之后：{zh}',
    en: 'Cannot be undone. Of its households: {en}.',
  },
  IMPORT_UNDO_OUTSIDE: {
    zh: '不能撤销：其中 {households} 户不在您的管辖范围内，请由县级经办人撤销',
    en: 'Cannot be undone: {households} households lie outside the area you are in charge of; ask the county office.',
  },
  IMPORT_OTHER_RUNNING: {
    zh: '另一份花名册正在处理，请等它结束后再撤销；本次没有改动任何内容',
    en: 'Another roster is being worked on; undo when it has ended. Nothing was changed.',
  },
  PAST_NOT_KEPT: {
    zh: '数据质量问题和在办案卷只有今天的情况，查看以往日期时不能按它们筛选',
    en: 'Data problems and open cases are known of today only: leave these filters out when asking of another day',
  },
  FACT_UNKNOWN: { zh: '没有“{key}”这项指标', en: 'There is no fact "{key}"' },
  FACT_BY_ITSELF: {
    zh: '“{zh}”不能在这里更正：它由程序、导入或专门的办理确定',
    en: '"{en}" is not corrected here: it is set by a procedure, an import or an act of its own',
  },
  FACT_WRONG: { zh: '“{zh}”的内容不对，请核对后重新填写', en: 'This is no value of "{en}"; check it' },
  FACT_REQUIRED: { zh: '“{zh}”不能为空', en: '"{en}" cannot be left empty' },
  CORRECTION_EMPTY: { zh: '没有任何改动：填写的内容与现有的一样', en: 'Nothing changes: this is what is kept already' },
  CORRECTION_PERSON: {
    zh: '更正中有人不是该户成员，请刷新后重试',
    en: 'Somebody in this correction is no member of the household',
  },
  IMPORT_OUTSIDE_OFTEN: {
    zh: '您一天内的花名册中，属于其他地方的人员已超过 {most} 人；请联系县级经办人核对后再导入',
    en: 'Your rosters of the last day name more than {most} persons of other areas; settle them with the county office first.',
  },
  IMPORT_SAME_UNKNOWN: {
    zh: '{sheet} 第 {row} 行没有需要确认的同一人，请刷新后再试',
    en: 'Row {row} of {sheet} asks nothing about a person under another number; refresh and try again.',
  },
  IMPORT_FILE_GONE: {
    zh: '这次导入没有完成或已放弃，原表没有保留；请修改后重新上传',
    en: 'This import failed or was discarded and its file was not kept; upload it again.',
  },
  CASE_HOUSEHOLD_STATUS: {
    zh: '农户 {number} 现在的属性不能建立这种案卷',
    en: 'Household {number} has a status from which such a case cannot begin.',
  },
  CASES_NOT_ALL: {
    zh: '所选 {total} 户中有 {count} 户不能办理，请去掉后再办（本次没有改动任何内容）：{zh}',
    en: '{count} of the {total} chosen cannot be done; leave them out and try again. Nothing was changed. {en}',
  },
  CASE_OPEN_ALREADY: { zh: '农户 {number} 已有办理中的案卷', en: 'Household {number} has an open case already.' },
  NOTICE_MIXED: {
    zh: '一份公示只能包含同一程序、同一步骤、同一村（乡镇）的农户',
    en: 'One notice holds cases of one procedure at one step in one village or township.',
  },
  NOT_GRANTED_HERE: { zh: '您的角色不能在这里办理此事', en: 'Your role may not do this here.' },
  NOT_A_ROSTER: { zh: '这不是花名册：缺少列 {missing}', en: 'This is not a roster: it lacks {missing}.' },
};
