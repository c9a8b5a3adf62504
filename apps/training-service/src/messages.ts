import { TRAINING_MESSAGES } from '@bangfu/domain/training/messages';
import type { Messages } from '@bangfu/platform/http/messages';

/** Texts of this service's refusals: its domain's and its own. */
export const MESSAGES: Messages = {
  ...TRAINING_MESSAGES,
  PROVIDER_EXISTS: { zh: '已有同名培训机构', en: 'There is a provider of this name.' },
  PROVIDER_UNKNOWN: { zh: '没有此培训机构，或已停用', en: 'No such provider, or it is no longer active.' },
  COURSE_EXISTS: { zh: '已有同名课程', en: 'There is a course of this name.' },
  COURSE_UNKNOWN: { zh: '没有此课程，或已停开', en: 'No such course, or it is no longer offered.' },
  CAPACITY_BELOW_ENROLLED: { zh: '名额不能少于已报名的 {enrolled} 人', en: '{enrolled} persons are enrolled already.' },
  SESSION_HAS_ATTENDANCE: {
    zh: '本课次已点名，不能再调课',
    en: 'Attendance of this session is entered; it cannot be moved.',
  },
  LEARNER_INCOMPLETE: {
    zh: '登记信息缺少出生日期、性别或劳动能力，请先在识别建档中补全',
    en: 'Birth date, sex or ability to labour is missing in the register.',
  },
  LIST_PERSON_UNKNOWN: { zh: '本班没有此学员（姓名与户编号须一致）', en: 'No such learner in this class.' },
  LIST_PERSON_AMBIGUOUS: {
    zh: '同一户有同名学员，请在点名页登记',
    en: 'Two learners of the household share this name.',
  },
  LIST_PERSON_TWICE: { zh: '此学员在名单中出现多次', en: 'The learner is on the list twice.' },
  LIST_MARK_UNKNOWN: { zh: '出勤应填：出勤、缺勤或请假', en: 'The mark is one of 出勤, 缺勤, 请假.' },
};
