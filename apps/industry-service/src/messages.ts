import { INDUSTRY_MESSAGES } from '@bangfu/domain/industry/messages';
import type { Messages } from '@bangfu/platform/http/messages';

/** Texts of this service's refusals: its domain's and its own. */
export const MESSAGES: Messages = {
  ...INDUSTRY_MESSAGES,
  ENTITY_KNOWN: { zh: '统一社会信用代码 {code} 已登记', en: 'Credit code {code} is registered already.' },
  CREDIT_CODE_INVALID: {
    zh: '统一社会信用代码 {code} 有误：应为 18 位，且校验码相符',
    en: 'Credit code {code} is wrong: 18 signs whose check sign fits are needed.',
  },
  ENTITY_NAMESAKE: {
    zh: '已有名称相同或极易混淆的经营主体“{name}”',
    en: 'There is an entity of the same name, or of one taken for it: “{name}”.',
  },
  ENTITY_SEAT_OUTSIDE: { zh: '所在村须在业务范围的村之内', en: 'The seat must be among the villages it works in.' },
  ENTITY_VILLAGE_UNKNOWN: {
    zh: '行政村 {village} 不存在，或不在您的管辖范围内',
    en: 'Village {village} is unknown or outside your scope.',
  },
  CONTRACT_KNOWN: { zh: '合同编号 {number} 已存在', en: 'Contract number {number} exists already.' },
  CONTRACT_SIGNED: { zh: '合同已签订，不能修改', en: 'The contract is signed and cannot be changed.' },
  CONTRACT_SAME_PERSON: { zh: '起草人不能核签自己的合同', en: 'Whoever drafted a contract cannot sign it off.' },
  CONTRACT_SIGNED_LATER: { zh: '签订日期不能晚于今天', en: 'The day of signing cannot lie in the future.' },
  LIST_NUMBER_MISSING: { zh: '户编号为空', en: 'The household number is missing.' },
  LIST_STAKE_INVALID: {
    zh: '入股金额须为大于零、不超过一千万元的数字',
    en: 'The stake must be an amount above zero, at most ten million yuan.',
  },
  STAKES_TOO_LARGE: {
    zh: '到这一行，合同股金合计超过上限 {most} 元',
    en: 'With this row the contract’s stakes come to more than the {most} yuan that those of a contract can.',
  },
  LIST_DAY_INVALID: {
    zh: '日期无法识别，应如 2026-03-01',
    en: 'The day cannot be read; it should be like 2026-03-01.',
  },
  LISTED_DAYS_OUTSIDE: {
    zh: '户 {household} 的入股日期 {from} 至退出日期 {to} 不在新的合同期限之内，请先改该户的日期',
    en: 'Household {household} is listed from {from} to {to}, outside the new period; change its days first.',
  },
  LIST_AMOUNT_INVALID: { zh: '金额不是数字', en: 'The amount is not a number.' },
  LIST_BANK_MISSING: { zh: '开户行为空', en: 'The bank is missing.' },
  LIST_ACCOUNT_INVALID: { zh: '账号须为 8 至 30 位数字', en: 'An account has 8 to 30 digits.' },
  LIST_HOUSEHOLD_UNKNOWN: { zh: '没有户编号 {household}', en: 'There is no household {household}.' },
  LIST_HOUSEHOLD_OUTSIDE: {
    zh: '户 {household} 不在该经营主体的业务村内',
    en: 'Household {household} lies outside the entity’s villages.',
  },
  LIST_NAME_DIFFERS: {
    zh: '姓名与户 {household} 的家庭成员不符',
    en: 'No member of household {household} has this name.',
  },
  LIST_HOUSEHOLD_TWICE: { zh: '户 {household} 重复', en: 'Household {household} appears twice.' },
  LIST_ACCOUNT_TWICE: { zh: '账号与户 {household} 相同', en: 'The account is that of household {household}.' },
  ACCOUNT_UNCHANGED: { zh: '新账号和开户行与现在的相同', en: 'Account and bank are those the household has now.' },
  ACCOUNT_CHANGE_OPEN: {
    zh: '户 {household} 已有待复核的账号变更',
    en: 'A change of household {household}’s account waits already.',
  },
  LINES_BELOW_GUARANTEE: { zh: '{lines} 户分红低于保底', en: '{lines} household(s) get less than guaranteed.' },
  NOTICE_ELSEWHERE: {
    zh: '由{village}的人员或其乡镇办理',
    en: 'The people of {village} or its township take this step.',
  },
  NOTICE_NOT_OPENED: { zh: '公示尚未开始，没有可打印的清单', en: 'The notice is not open; there is nothing to print.' },
  PRINT_TOO_LONG: { zh: '一次最多打印 {most} 行，请按村打印', en: 'At most {most} lines a print; print by village.' },
  STEP_ELSEWHERE: { zh: '由该经营主体所在地的人员办理', en: 'The people of the entity’s seat take this step.' },
  RECEIPT_DAY_UNREADABLE: {
    zh: '日期读不出来，请写成 2026-03-15',
    en: 'The day cannot be read; write it as 2026-03-15.',
  },
  RECEIPT_LINE_UNKNOWN: { zh: '没有这笔明细', en: 'There is no such line.' },
  RECEIPT_LINE_TWICE: { zh: '同一明细出现多次', en: 'The line appears twice.' },
  RECEIPT_RESULT: { zh: '结果须为“成功”“失败”或“退汇”', en: 'The result must be 成功, 失败 or 退汇.' },
  RECEIPT_REFERENCE_MISSING: { zh: '成功的明细须有流水号', en: 'A paid line needs the bank’s reference.' },
  RECEIPT_REFERENCE_TWICE: {
    zh: '流水号已用于本县另一笔发放，一个流水号只能是一笔',
    en: 'The reference belongs to another payment of the county.',
  },
  CORRECTION_OPEN: { zh: '第 {line} 笔已有待复核的更正', en: 'A correction of line {line} waits already.' },
  CORRECTION_DECIDED: { zh: '该更正已复核', en: 'The correction is decided already.' },
  STATEMENT_EMPTY: { zh: '该户还没有已发放的收益', en: 'The household has had no payment yet.' },
};
