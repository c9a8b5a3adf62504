/** Texts of the refusals of training; {name} is filled from the parameters. */
export const TRAINING_MESSAGES = {
  LEARNER_NOT_TARGET: {
    zh: '仅限未脱贫、已脱贫和监测对象家庭成员参加',
    en: 'Only members of registered, exited or monitored households may take part',
  },
  LEARNER_TOO_YOUNG: { zh: '年龄 {age} 岁,未满 {limit} 岁', en: 'Aged {age}, below {limit}' },
  LEARNER_TOO_OLD: { zh: '年龄 {age} 岁,超过 {limit} 岁', en: 'Aged {age}, above {limit}' },
  LEARNER_NO_LABOUR: { zh: '无劳动能力,不能参加技能培训', en: 'A person without ability to labour cannot take part' },
  ENROLMENT_TWICE: { zh: '已报名本班', en: 'Already enrolled in this class' },
  ENROLMENT_MISSING: { zh: '未报名本班', en: 'Not enrolled in this class' },
  CLASS_BEGUN: { zh: '本班已于 {day} 开课,不能报名', en: 'The class began on {day}' },
  CLASS_FULL: { zh: '本班名额已满({capacity} 人)', en: 'The class is full ({capacity})' },
  CLASS_OVERLAPS: { zh: '与已报名的班次时间冲突', en: 'It overlaps with another class of the person' },
  COURSE_TAKEN: { zh: '已参加过同一课程', en: 'The person has taken this course' },
  CLASS_NOT_OVER: { zh: '培训尚未结束(最后一课 {day})', en: 'The class is not over (last session {day})' },
  SESSION_UNKNOWN: { zh: '没有此课次', en: 'There is no such session' },
  SESSION_CANCELLED: { zh: '{day} 的课次已取消', en: 'The session of {day} was cancelled' },
  SESSION_IN_FUTURE: { zh: '{day} 的课次尚未上课', en: 'The session of {day} has not been held' },
  ATTENDANCE_NOT_ENROLLED: { zh: '签到人未报名本班', en: 'A person on the sheet is not enrolled' },
  ATTENDANCE_TWICE: { zh: '同一人在同一课次签到多次', en: 'A person is on the sheet of a session twice' },
  CERTIFICATE_ATTENDANCE: {
    zh: '出勤 {attended}/{held} 次,未达到 {least}%',
    en: 'Attended {attended} of {held} sessions, below {least} %',
  },
  CERTIFICATE_NOT_ASSESSED: { zh: '尚未考核', en: 'Not assessed yet' },
  CERTIFICATE_NOT_PASSED: { zh: '考核 {mark} 分,未达到 {least} 分', en: 'Assessed with {mark} points, below {least}' },
  CERTIFICATE_EXISTS: { zh: '已发放证书', en: 'The certificate was issued already' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;
