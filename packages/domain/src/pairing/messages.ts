/** Texts of the refusals and findings of pairing; {name} is filled from the parameters. */
export const PAIRING_MESSAGES = {
  RANK_UNKNOWN: { zh: '帮扶政策中没有“{rank}”这一职级', en: 'The policy knows no rank “{rank}”' },
  QUOTA_INVALID: {
    zh: '帮扶责任人 {helper} 的帮扶户数 {quota} 不正确',
    en: 'Quota {quota} of helper {helper} is not valid',
  },
  HOUSEHOLD_TWICE: { zh: '同一农户在方案中出现多次', en: 'A household appears in the plan more than once' },
  HELPER_TWICE: { zh: '同一帮扶责任人在方案中出现多次', en: 'A helper appears in the plan more than once' },
  NO_HELPER: { zh: '没有可安排的帮扶责任人', en: 'There is no helper with a quota' },
  ONLY_RELATIVES: { zh: '可安排的帮扶责任人均为该户亲属', en: 'Every possible helper is a relative of the household' },
  ONLY_RELATIVES_FREE: {
    zh: '尚有名额的帮扶责任人均为该户亲属',
    en: 'Only relatives of the household have places left',
  },
  NO_CAPACITY: { zh: '帮扶责任人名额已满', en: 'The quotas of all helpers are used up' },
  NO_HELPER_STAYS: {
    zh: '没有可安排的帮扶责任人，仍由现责任人帮扶',
    en: 'There is no helper with a quota; today’s helper stays',
  },
  ONLY_RELATIVES_STAYS: {
    zh: '可安排的帮扶责任人均为该户亲属，暂由现责任人帮扶',
    en: 'Every possible helper is a relative of the household; today’s helper stays for the time being',
  },
  ONLY_RELATIVES_FREE_STAYS: {
    zh: '尚有名额的帮扶责任人均为该户亲属，暂由现责任人帮扶',
    en: 'Only relatives have places left; today’s helper stays for the time being',
  },
  NO_CAPACITY_STAYS: {
    zh: '名额已满，仍由现责任人帮扶（其帮扶户数超过上限）',
    en: 'The quotas are used up; today’s helper stays, above the quota',
  },
  PAIRING_EXISTS: {
    zh: '该户已有帮扶责任人，请办理交接',
    en: 'The household has a helper already; hand it over instead',
  },
  PAIRING_MISSING: { zh: '该户没有帮扶责任人', en: 'The household has no helper' },
  PAIRING_BEFORE_LAST: {
    zh: '结对日期不能早于上一次结对({day})',
    en: 'The pairing cannot begin before the last one ({day})',
  },
  PAIRING_BEFORE_REGISTRATION: {
    zh: '结对日期不能早于该户公告建档之日({day})',
    en: 'The pairing cannot begin before the household was registered ({day})',
  },
  PAIRING_POOR: {
    zh: '不脱贫不脱钩:该户尚未脱贫，只能交接，不能解除结对',
    en: 'The household is still poor: its pairing can only be handed over',
  },
  PAIRING_MONITORED: {
    zh: '该户仍在监测中，只能交接，不能解除结对',
    en: 'The household is monitored: its pairing can only be handed over',
  },
  PAIRING_IN_CARE: {
    zh: '该户仍在巩固帮扶期内(至 {day}),不能解除结对',
    en: 'The household keeps its helper after its exit (until {day})',
  },
  EXIT_DAY_UNKNOWN: {
    zh: '该户在建系统以前脱贫，脱贫日期不详，按仍在巩固帮扶期内对待，不能解除结对；请在结对帮扶政策中设定“脱贫日期不详的农户帮扶到哪一天”',
    en: 'The household exited before the platform and its exit day is not known: it counts as in care. Set in the pairing policy until when such households are helped',
  },
  HELPER_IS_RELATIVE: { zh: '帮扶责任人是该户亲属，应当回避', en: 'The helper is a relative of the household' },
  HELPER_QUOTA_FULL: {
    zh: '该帮扶责任人 {day} 起的帮扶户数已达上限({quota} 户)，请另选他人，或改到有名额的日期',
    en: 'From {day} on the helper has reached the quota of {quota} households; choose another one, or another day',
  },
  PAIRING_CHANGE_COMING: {
    zh: '该户已有一项 {day} 起生效的变更，请先由他人撤回或改期',
    en: 'A change of this household takes effect on {day}; have another person take it back or move it first',
  },
  CHANGE_NONE_COMING: { zh: '该户没有尚未生效的变更', en: 'No change of this household is still to take effect' },
  CHANGE_OWN: {
    zh: '这项变更由您办理，须由他人撤回或改期',
    en: 'You decided this change; another person has to take it back or move it',
  },
  CHANGE_SAME_DAY: { zh: '该变更本来就在 {day} 生效', en: 'The change takes effect on {day} already' },
  HANDOVER_TO_SAME: { zh: '该户现由此人帮扶，无需交接', en: 'This helper answers for the household already' },
  HANDOVER_REASON_MISSING: { zh: '请填写原因', en: 'A reason must be given' },
  HANDOVER_TOO_EARLY: {
    zh: '日期须晚于本次结对开始日期({day})',
    en: 'The day must be after the pairing began ({day})',
  },
  VISIT_IN_FUTURE: { zh: '走访时间不能晚于现在', en: 'A visit cannot lie in the future' },
  VISIT_TOO_OLD: {
    zh: '走访日期 {day} 已超过 {days} 天，不能补登，请核对年月日',
    en: 'The visit of {day} is more than {days} days ago and can no longer be recorded; check year, month and day',
  },
  VISIT_BEFORE_PAIRING: { zh: '走访时间早于结对日期({day})', en: 'The visit lies before the pairing began ({day})' },
  VISIT_POSITION_MISSING: {
    zh: '缺少定位；无法定位时请说明原因',
    en: 'The position is missing; say why if there is none',
  },
  VISIT_POSITION_INVALID: { zh: '定位坐标不正确', en: 'The coordinates are not valid' },
  VISIT_NOBODY_MET: { zh: '请填写走访时见到的人', en: 'Say whom you met' },
  VISIT_NOTHING_SEEN: { zh: '请填写走访情况', en: 'Say what you saw' },
  VISIT_PHOTOS_MISSING: { zh: '至少需要 {min} 张照片', en: 'At least {min} photo(s) are needed' },
  VISIT_PHOTO_TWICE: { zh: '同一张照片不能重复上传', en: 'The same photo is attached twice' },
  VISIT_NOT_ACKNOWLEDGED: { zh: '缺少农户确认', en: 'The household has not acknowledged the visit' },
  PAIRING_NOT_NEEDED: { zh: '该户不是帮扶对象，不需要结对', en: 'The household is not an object of assistance' },
  POLICY_NO_QUOTA: {
    zh: '各职级的帮扶户数上限不能全为 0，否则全县无人可以结对',
    en: 'Not every rank can have a quota of 0: nobody in the county could help anybody',
  },
  PLAN_NOT_DRAFT: { zh: '方案不是待审定状态', en: 'The plan is not waiting for approval' },
  PLAN_NOT_APPROVED: { zh: '方案尚未审定，或已经执行', en: 'The plan is not approved, or is applied already' },
  PLAN_NOT_APPLIED: { zh: '方案没有执行，或已撤回', en: 'The plan is not applied, or is withdrawn' },
  PLAN_BEGUN: {
    zh: '方案已于 {day} 生效，不能整体撤回或改期，请逐户办理交接',
    en: 'The plan took effect on {day}; hand its households over one by one instead',
  },
  PLAN_APPLIER_REVERSES: {
    zh: '方案由您执行，须由他人撤回或改期',
    en: 'You applied this plan; another person has to take it back or move it',
  },
  PLAN_ENDED: { zh: '方案已执行或已放弃，不能再处理', en: 'The plan is applied or put aside already' },
  PLAN_OWN: { zh: '测算方案的人不能审定自己的方案', en: 'Who made a plan cannot approve it' },
  PLAN_APPROVER_APPLIES: { zh: '审定方案的人不能再执行', en: 'Who approved a plan cannot apply it' },
  VISIT_NOT_HELPER: { zh: '您不是该户的帮扶责任人', en: 'You are not the helper of this household' },
  CADRE_NO_PHONE: { zh: '该干部没有登记联系电话', en: 'No telephone of this cadre is kept' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;
