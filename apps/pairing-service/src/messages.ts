import { PAIRING_MESSAGES } from '@bangfu/domain/pairing/messages';
import type { Messages } from '@bangfu/platform/http/messages';

/** Texts of this service's refusals: its domain's and its own. */
export const MESSAGES: Messages = {
  ...PAIRING_MESSAGES,
  UNIT_EXISTS: { zh: '已有名为“{name}”的帮扶单位', en: 'There is a unit named “{name}” already' },
  PHONE_TAKEN: { zh: '该联系电话已登记在 {name} 名下', en: 'This telephone is already {name}’s' },
  USERNAME_TAKEN: { zh: '登录账号“{username}”已对应其他干部', en: 'The account “{username}” belongs to another cadre' },
  CADRE_STILL_HELPS: {
    zh: '该干部仍帮扶 {households} 户，请先办理交接',
    en: 'The cadre still answers for {households} households; hand them over first',
  },
  CADRE_NOT_ACTIVE: { zh: '{name} 已不在岗，不能作为帮扶责任人', en: '{name} is no longer in service' },
  NOT_A_CADRE_LIST: {
    zh: '这不是干部名单：需要 {missing} 三列',
    en: 'This is not a list of cadres: it needs {missing}',
  },
  CADRE_VALUE_MISSING: { zh: '“{column}”未填写', en: '“{column}” is empty' },
  CADRE_RANK_UNKNOWN: { zh: '帮扶政策中没有“{value}”这一职级', en: 'The policy knows no rank “{value}”' },
  CADRE_PHONE_INVALID: { zh: '联系电话“{value}”不是 11 位手机号', en: '“{value}” is not a mobile number of 11 digits' },
  CADRE_QUOTA_INVALID: {
    zh: '户数上限“{value}”应为 0 至 99 的整数',
    en: 'The quota “{value}” should be a whole number from 0 to 99',
  },
  CADRE_TWICE: { zh: '“{value}”与第 {earlier} 行重复', en: '“{value}” repeats row {earlier}' },
  CADRE_UNIT_FOREIGN: { zh: '单位“{value}”不在您的管辖范围内', en: 'The unit “{value}” is outside your scope' },
  TOWNSHIP_UNKNOWN: { zh: '没有名为“{value}”的乡镇', en: 'There is no township “{value}”' },
  VILLAGE_UNKNOWN: {
    zh: '没有找到村“{village}”，请写明乡镇和村名',
    en: 'No village “{village}” was found; write its township too',
  },
  VILLAGE_AMBIGUOUS: {
    zh: '有多个村叫“{village}”，请写明乡镇',
    en: 'Several villages are called “{village}”; write the township too',
  },
  RANK_TWICE: { zh: '同一职级只能设定一次', en: 'A rank may stand only once' },
  RANK_IN_USE: {
    zh: '不能去掉职级“{rank}”：{name} 等在岗干部仍为该职级',
    en: 'The rank “{rank}” cannot go: {name} and perhaps others hold it',
  },
  PLAN_STALE: {
    zh: '测算以后有 {households} 户的结对情况已变化，请重新测算',
    en: 'The pairing of {households} households changed since the plan was made; compute it again',
  },
  PLAN_UNSETTLED: {
    zh: '测算期间结对情况一直在变化，请稍后重新测算',
    en: 'Pairings kept changing while the plan was computed; compute it again later',
  },
  VISIT_INCOMPLETE: { zh: '走访记录不完整，请按提示补充', en: 'The visit is not complete; see the hints' },
  VISIT_ID_TAKEN: {
    zh: '这次走访已提交过，但内容不同，请刷新后核对',
    en: 'This visit was sent before with other contents',
  },
};
