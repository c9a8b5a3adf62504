/** Texts of the refusals of training; {name} is filled from the parameters. */
export const TRAINING_MESSAGES = {
  LEARNER_NOT_TARGET: {
    zh: '仅限未脱贫、已脱贫和监测对象家庭成员参加',
    en: 'Only members of registered, exited or monitored households may take part',
  },
  LEARNER_TOO_YOUNG: { zh: '年龄 {age} 岁，未满 {limit} 岁', en: 'Aged {age}, below {limit}' },
  LEARNER_TOO_OLD: { zh: '年龄 {age} 岁，超过 {limit} 岁', en: 'Aged {age}, above {limit}' },
  LEARNER_NO_LABOUR: { zh: '无劳动能力，不能参加技能培训', en: 'A person without ability to labour cannot take part' },
  ENROLMENT_TWICE: { zh: '已报名本班', en: 'Already enrolled in this class' },
  ENROLMENT_MISSING: { zh: '未报名本班', en: 'Not enrolled in this class' },
  LEARNER_WITHDREW: {
    zh: '{name} 已退出本班，不能登记成绩，请从名单中去掉',
    en: '{name} has withdrawn from the class; leave them out of the results.',
  },
  CLASS_BEGUN: { zh: '本班已于 {day} 开课，不能报名', en: 'The class began on {day}' },
  CLASS_FULL: { zh: '本班名额已满（{capacity} 人）', en: 'The class is full ({capacity})' },
  CLASS_OVERLAPS: { zh: '与已报名的班次时间冲突', en: 'It overlaps with another class of the person' },
  COURSE_TAKEN: {
    zh: '正在参加同一课程，或已学完合格；考核未通过、没有来上课的，可在该班结束后重新报名',
    en: 'The person takes this course now, or has completed it. Who failed or did not come can take it again once that class is over',
  },
  CLASS_ENDED: {
    zh: '本班已于 {day} 结束，班次和课次不能再改；可以补登点名、成绩和发证',
    en: 'The class ended on {day}: it and its sessions stand. Attendance, results and certificates can still be entered',
  },
  CLASS_KEEPS_BEGINNING: {
    zh: '本班已于 {day} 开课，开课日期不能再改',
    en: 'The class began on {day}; its first day stands',
  },
  CLASS_SESSIONS_FULL: { zh: '一个班最多排 {most} 次课', en: 'A class has at most {most} sessions' },
  CLASS_PERIOD: { zh: '结束日期不能早于开课日期', en: 'A class cannot end before it begins' },
  SESSION_TIMES: { zh: '下课时间应晚于上课时间', en: 'A session ends after it starts' },
  SESSION_OUTSIDE_CLASS: {
    zh: '课次应在班次期间内（{begins} 至 {ends}）',
    en: 'A session lies within its class ({begins} to {ends})',
  },
  SESSION_OVERLAPS: { zh: '{day} 的课次时间重叠', en: 'It overlaps with another session of {day}' },
  CLASS_NOT_OVER: { zh: '培训尚未结束（最后一课 {day}）', en: 'The class is not over (last session {day})' },
  SESSION_UNKNOWN: { zh: '没有此课次', en: 'There is no such session' },
  SESSION_CANCELLED: { zh: '{day} 的课次已取消', en: 'The session of {day} was cancelled' },
  SESSION_IN_FUTURE: { zh: '{day} 的课次尚未上课', en: 'The session of {day} has not been held' },
  ATTENDANCE_NOT_ENROLLED: { zh: '签到人未报名本班', en: 'A person on the sheet is not enrolled' },
  ATTENDANCE_TWICE: { zh: '同一人在同一课次签到多次', en: 'A person is on the sheet of a session twice' },
  CERTIFICATE_ATTENDANCE: {
    zh: '出勤 {attended}/{held} 次，未达到 {least}%',
    en: 'Attended {attended} of {held} sessions, below {least} %',
  },
  CERTIFICATE_NOT_ASSESSED: { zh: '尚未考核', en: 'Not assessed yet' },
  CERTIFICATE_NOT_PASSED: { zh: '考核 {mark} 分，未达到 {least} 分', en: 'Assessed with {mark} points, below {least}' },
  CERTIFICATE_OF_COURSE: {
    zh: '已持有同一课程的证书（{number}），同一课程只发一本',
    en: 'Holds a certificate of this course already ({number}); a course gives one',
  },
  RATING_GIVEN: {
    zh: '这次培训已经评价过，每人评价一次',
    en: 'This training was rated already; each participant rates once',
  },
  RATING_NOT_ATTENDED: { zh: '没有到课记录，不能评价', en: 'Who did not come to a session cannot rate the class' },
  RATING_OF_KEEPER: {
    zh: '管理本班或登记成绩的账号不能评价本班',
    en: 'Whoever keeps the class or enters its results cannot rate it',
  },
  RATING_CODE_UNKNOWN: {
    zh: '没有这个评价码，请对照评价条逐位核对后重新输入',
    en: 'There is no such code. Compare it with the slip and type it again',
  },
  SLIP_OF_KEEPER: {
    zh: '管理本班或登记成绩的账号不能打印评价条，请由村或乡镇的其他人员打印',
    en: 'Whoever keeps the class or enters its results cannot print the slips; another officer of village or township does',
  },
  SLIP_NO_LEARNERS: { zh: '本班没有您辖区的学员', en: 'The class has no learners of your region' },
  CLASS_NOT_BEGUN: { zh: '本班 {day} 才开课', en: 'The class begins on {day}' },
  CERTIFICATE_EXISTS: { zh: '已发放证书', en: 'The certificate was issued already' },
  CLASS_HAS_CERTIFICATES: {
    zh: '本班已发放证书，不能再改课次',
    en: 'Certificates of this class were issued; its sessions stand.',
  },
  ENROLMENT_HAS_ATTENDANCE: {
    zh: '已有出勤记录，不能退出报名',
    en: 'Attendance is entered for this person; the enrolment stands.',
  },
  CERTIFIED_ALREADY: {
    zh: '{name} 已发放证书，出勤和成绩不能再改',
    en: '{name} holds the certificate; attendance and result stand.',
  },
  CERTIFICATE_OWN_RESULT: {
    zh: '登记成绩的人不能发放证书，请由另一人办理',
    en: 'Who entered the result cannot issue the certificate.',
  },
  CERTIFICATE_WITHDRAWN: { zh: '证书已撤销', en: 'The certificate was withdrawn already.' },
  CLASS_NO_LEARNERS: { zh: '本班还没有学员', en: 'The class has no learners yet' },
  CLASS_ALL_CERTIFIED: { zh: '本班学员均已发放证书', en: 'All learners of the class hold their certificates' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;
