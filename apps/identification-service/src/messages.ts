import { IDENTIFICATION_MESSAGES } from '@bangfu/domain/identification/messages';
import type { Messages } from '@bangfu/service-kit/http/messages';

/** Texts of this service's refusals, and of the rules it keeps. */
export const MESSAGES: Messages = {
  ...IDENTIFICATION_MESSAGES,
  REGION_TABLE_HEADER: {
    zh: '区划表缺少列：需要 {headers}',
    en: 'The region table lacks columns; it needs {headers}.',
  },
  REGION_TABLE_LINE: {
    zh: '区划表第 {row} 行有误：代码须为 12 位，级别与代码一致，名称不为空',
    en: 'Row {row} of the region table is wrong: 12-digit code, level that fits it, a name.',
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
    zh: '不能撤销：有 {households} 户在此基础上已有{what}',
    en: 'Cannot be undone: {households} households have something built on it ({what}).',
  },
  CASE_HOUSEHOLD_STATUS: {
    zh: '农户 {number} 现在的属性不能建立这种案卷',
    en: 'Household {number} has a status from which such a case cannot begin.',
  },
  CASE_OPEN_ALREADY: { zh: '农户 {number} 已有办理中的案卷', en: 'Household {number} has an open case already.' },
  NOTICE_MIXED: {
    zh: '一份公示只能包含同一程序、同一步骤、同一村（乡镇）的农户',
    en: 'One notice holds cases of one procedure at one step in one village or township.',
  },
  NOT_GRANTED_HERE: { zh: '您的角色不能在这里办理此事', en: 'Your role may not do this here.' },
  NOT_A_ROSTER: { zh: '这不是花名册：缺少列 {missing}', en: 'This is not a roster: it lacks {missing}.' },
};
