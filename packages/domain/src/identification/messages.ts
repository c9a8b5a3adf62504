import type { Duty, StepId } from './case/steps.ts';
import type { CaseStatus } from './case/types.ts';
import type { IncomeItem } from './income/income.ts';
import type { MovementTerm } from './movements/ledger.ts';

/** A text in both languages with {param} placeholders. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** The refusals of the identification rules and the needs of a case's next step, by their stable codes. */
export const IDENTIFICATION_MESSAGES: Readonly<Record<string, Text>> = {
  REGION_UNKNOWN: {
    zh: '没有代码为 {code} 的现行区划',
    en: 'No division has the code {code} today.',
  },
  REGION_LEVEL_FIXED: {
    zh: '{code} 这一级区划不能这样变更：改代码、合并、拆分、撤销只用于乡镇和村，更名用于县及以下',
    en: 'A division of the level of {code} cannot be changed like this: townships and villages are recoded, merged, split and closed, and a county and what lies in it is renamed.',
  },
  REGION_NAME_SAME: { zh: '名称已经是“{name}”', en: 'The name is “{name}” already.' },
  REGION_CODE_SAME: { zh: '代码已经是 {code}', en: 'The code is {code} already.' },
  REGION_CODE_LEVEL: {
    zh: '代码 {code} 不是这一级区划的代码：乡镇后三位为 000，村不为 000',
    en: 'The code {code} is not one of this level: a township ends in 000, a village does not.',
  },
  REGION_CODE_COUNTY: {
    zh: '代码 {code} 不在本县：跨县的调整不在这里办理',
    en: 'The code {code} lies in another county; changes between counties are not made here.',
  },
  REGION_CODE_PARENT: {
    zh: '代码 {code} 所在的乡镇不存在，请先设立',
    en: 'The township of the code {code} does not exist; establish it first.',
  },
  REGION_CODE_TAKEN: {
    zh: '代码 {code} 已被另一区划使用',
    en: 'The code {code} is in use by another division.',
  },
  REGION_CODES_FULL: {
    zh: '{code} 内已没有可用的村代码',
    en: 'No code of a village is left in {code}.',
  },
  REGION_MERGE_ONE: { zh: '合并至少需要两个区划', en: 'Two divisions at least are merged.' },
  REGION_MERGE_LEVELS: {
    zh: '只能合并同一级的区划',
    en: 'Only divisions of one level are merged.',
  },
  REGION_SPLIT_TWICE: {
    zh: '拆分后的代码有重复',
    en: 'A code is named twice among those after the split.',
  },
  REGION_SPLIT_NOTHING: {
    zh: '请写明拆分后的区划',
    en: 'Name the divisions after the split.',
  },
  REGION_SPLIT_ELSEWHERE: {
    zh: '名单中的代码 {code} 不是拆分后的区划',
    en: 'The code {code} of the list is none of those after the split.',
  },
  REGION_SPLIT_TOWNSHIP: {
    zh: '村拆分后仍须在原乡镇：{code} 不在其中',
    en: 'A village is split within its township; {code} lies in another one.',
  },
  REGION_SPLIT_PART: {
    zh: '名单中的“{part}”在该区划内找不到：乡镇按村代码或村名，村按自然村名或户编号',
    en: '“{part}” of the list is not found: a township is split by codes or names of villages, a village by natural villages or household numbers.',
  },
  REGION_SPLIT_PART_TWICE: {
    zh: '名单中的“{part}”写了两个去向',
    en: '“{part}” of the list goes to two divisions.',
  },
  REGION_NOT_EMPTY: {
    zh: '{code} 内还有 {households} 户、{divisions} 个下级区划，不能撤销；请先合并或拆分',
    en: '{code} still has {households} households and {divisions} divisions in it; merge or split it first.',
  },
  REGION_DAY_FUTURE: {
    zh: '变更日期不能晚于今天',
    en: 'A change of divisions cannot be of a day to come.',
  },
  REGION_DAY_BEFORE: {
    zh: '变更日期不能早于该区划上一次变更的 {day}',
    en: 'The day of the change is before the last change of the division, on {day}.',
  },
  CASE_EXISTS: { zh: '该案卷已经建立', en: 'The case is already open' },
  CASE_NOT_FOUND: { zh: '案卷尚未建立', en: 'The case has not been opened' },
  CASE_ENDED: { zh: '案卷已经结束（{status}）', en: 'The case has ended ({status})' },
  CASE_KIND_UNKNOWN: { zh: '没有这种程序', en: 'There is no such procedure' },
  CASE_STEP_WRONG: {
    zh: '现在不能办理这一步，当前步骤是“{expected}”',
    en: 'This step is not due; the case waits at "{expected}"',
  },
  CASE_ROLE_WRONG: { zh: '您的角色不能办理“{step}”这一步', en: 'Your role may not act on the step "{step}"' },
  SEPARATION_OF_DUTIES: {
    zh: '录入、审核、审批须由不同的人办理：您在本案中已承担“{held}”，不能再承担“{duty}”',
    en: 'Entering, reviewing and approving are three people: you hold "{held}" in this case and cannot also "{duty}"',
  },
  SEPARATION_HOUSEHOLD_ENTERED: {
    zh: '该户信息由您导入或录入，不能再由您承担“{duty}”，请由他人办理',
    en: 'You imported or entered this household and cannot also "{duty}"; someone else has to',
  },
  CASE_INCOME_EXCEEDS_LINE: {
    zh: '登记的人均纯收入 {income} 元高于 {year} 年扶贫标准 {line} 元，请写明仍拟识别的理由',
    en: 'The per-capita income on file, {income} yuan, exceeds the poverty line of {year}, {line} yuan; give the reason why it may qualify',
  },
  CASE_WITHOUT_LINE: {
    zh: '{year} 年没有扶贫标准，收入无从对照：请县级在“政策”中登记本年标准，或写明仍拟识别的理由',
    en: 'There is no poverty line of {year} to hold the income against: the county enters one under "Policies", or give the reason why the household may qualify',
  },
  CASE_DAY_FUTURE: { zh: '日期 {day} 晚于今天', en: 'The day {day} lies in the future' },
  CASE_DAY_BEFORE_STEP: {
    zh: '日期 {day} 早于上一步的日期 {last}',
    en: 'The day {day} is before the previous step of {last}',
  },
  CASE_CLOCK_BACKWARDS: {
    zh: '当前时间早于案卷的最后一条记录，请检查服务器时钟',
    en: "The time is before the case's last entry; check the server's clock",
  },
  CASE_REASON_MISSING: { zh: '请填写原因', en: 'Give the reason' },
  CASE_DOCUMENT_MISSING: { zh: '请填写文号', en: "Give the document's number" },
  CASE_SEND_BACK_TARGET: {
    zh: '不能退回到“{step}”：该步骤尚未办理',
    en: 'Cannot send back to "{step}": it has not been done',
  },
  CASE_DOUBTS_OPEN: { zh: '还有 {count} 个疑点未核实', en: '{count} doubts are still open' },
  CASE_QUALITY_ERRORS: { zh: '还有 {count} 个数据质量错误', en: '{count} data-quality errors are still open' },
  CASE_WARNINGS_UNEXPLAINED: {
    zh: '还有 {count} 个数据质量警告未说明',
    en: '{count} data-quality warnings are not explained',
  },

  APPLICATION_NOT_AUTHORISED: {
    zh: '农户尚未授权核查其家庭信息',
    en: 'The household has not authorised the check of its data',
  },
  ACCEPTANCE_NOT_SIGNED: { zh: '缺少农户签字', en: "The household's signature is missing" },
  APPRAISAL_COUNT_INVALID: { zh: '人数和票数须为非负整数', en: 'Attendance and votes must be whole numbers' },
  APPRAISAL_PRESENT_EXCEEDS: {
    zh: '到会 {present} 人多于应到 {entitled} 人',
    en: '{present} present exceed the {entitled} entitled',
  },
  APPRAISAL_VOTES_MISMATCH: {
    zh: '赞成、反对、弃权和回避共 {counted} 人，与到会 {present} 人不符',
    en: 'Votes, abstentions and recusals make {counted}, but {present} were present',
  },
  APPRAISAL_MINUTES_MISSING: { zh: '缺少会议记录', en: 'The minutes are missing' },
  APPRAISAL_NO_QUORUM: {
    zh: '应到 {entitled} 人，实到 {present} 人，未达到法定人数',
    en: '{present} of {entitled} present are no quorum',
  },
  APPRAISAL_NO_VOTERS: { zh: '到会人员全部回避，无人表决', en: 'Everybody present is recused: nobody can vote' },

  NOTICE_NOT_OPEN: { zh: '没有正在进行的公示', en: 'No notice is open' },
  NOTICE_ALREADY_OPEN: { zh: '公示已经开始', en: 'The notice is already open' },
  NOTICE_HASH_MISSING: { zh: '公示内容尚未封存', en: "The notice's content is not sealed" },
  NOTICE_TOO_EARLY: {
    zh: '公示须满 {days} 个完整自然日，最早 {earliest} 可以结束',
    en: 'A notice stays open for {days} full days; it can be closed from {earliest}',
  },
  NOTICE_TEXT_UNFIT: {
    zh: '公示的姓名或地名为空或含有号码',
    en: 'A name or place in the notice is empty or carries a number',
  },
  NOTICE_EMPTY: { zh: '公示中没有农户', en: 'The notice has no entries' },
  OBJECTIONS_TOO_MANY: {
    zh: '这份公示已有很多异议等待答复，暂时不能再提交。可等答复后再提，或直接向公示上的乡镇反映。',
    en: 'Many objections to this notice wait for an answer, so no more can be filed now. Try again after they are answered, or speak to the township named on the notice.',
  },
  OBJECTION_UNREADABLE: {
    zh: '请写明异议的事实，至少 {least} 个看得见的字',
    en: 'Say what is wrong in at least {least} signs that can be seen',
  },
  OBJECTION_TWICE: { zh: '该异议已经登记', en: 'The objection is already filed' },
  OBJECTION_UNKNOWN: { zh: '没有这条待答复的异议', en: 'There is no such unanswered objection' },
  OBJECTION_OPEN: { zh: '还有 {count} 条异议未书面答复', en: '{count} objections have no written answer yet' },
  OBJECTION_ANSWER_MISSING: { zh: '异议须书面答复', en: 'An objection is answered in writing' },

  INCOME_NO_MEMBERS: { zh: '家庭人数须大于0', en: 'The household needs at least one member' },
  INCOME_NEGATIVE: { zh: '收入项目“{item}”不能为负数', en: 'The income item "{item}" cannot be negative' },
  INCOME_EVIDENCE_MISSING: { zh: '收入项目“{item}”缺少凭证', en: 'The income item "{item}" has no evidence' },
  INCOME_EVIDENCE_TWICE: {
    zh: '收入项目“{item}”的同一凭证重复',
    en: 'The income item "{item}" counts one piece of evidence twice',
  },
  INCOME_ALREADY_EVIDENCED: {
    zh: '收入项目“{item}”已由其他系统提供，不得重复录入',
    en: 'The income item "{item}" came from another service and is not typed in again',
  },

  MOVEMENT_INCOMPLETE: { zh: '变动须有原因和凭证', en: 'A movement needs a reason and evidence' },
  MOVEMENT_COUNT_INVALID: { zh: '变动的户数或人数不正确', en: 'The households or persons of the movement are wrong' },
  LEDGER_UNBALANCED: {
    zh: '台账不平：应为 {households} 户 {persons} 人，实有 {countedHouseholds} 户 {countedPersons} 人',
    en: 'The ledger does not balance: {households} households and {persons} persons due, {countedHouseholds} and {countedPersons} counted',
  },

  NEED_SURVEY: { zh: '待入户调查', en: 'The survey is due' },
  NEED_APPLICATION: { zh: '待农户申请并授权', en: "The household's application and authorisation are due" },
  NEED_APPRAISAL: { zh: '待民主评议', en: "The villagers' appraisal is due" },
  NEED_NOTICE_OPEN: { zh: '待公示（{days} 个完整自然日）', en: 'The notice is due ({days} full days)' },
  NEED_NOTICE_TIME: {
    zh: '公示中，还需 {days} 天 {hours} 小时',
    en: 'The notice runs for another {days} days and {hours} hours',
  },
  NEED_NOTICE_CLOSE: { zh: '公示期满，待结束公示', en: 'The notice has run its time and can be closed' },
  NEED_OBJECTION_ANSWER: {
    zh: '{count} 条异议待书面答复，公示暂停，答复后还需 {days} 天 {hours} 小时',
    en: '{count} objections wait for a written answer; then {days} days and {hours} hours remain',
  },
  NEED_VERIFICATION: { zh: '待核查', en: 'The verification is due' },
  NEED_PRE_EXIT: { zh: '待县级预退出', en: "The county's pre-exit is due" },
  NEED_HELP: { zh: '待强化帮扶', en: 'The intensified help is due' },
  NEED_ACCEPTANCE: { zh: '待农户签字认可', en: "The household's signed acceptance is due" },
  NEED_TOWNSHIP_APPROVAL: { zh: '待乡镇审核', en: "The township's approval is due" },
  NEED_COUNTY_APPROVAL: { zh: '待县级审定', en: "The county's approval is due" },
  NEED_ANNOUNCEMENT: { zh: '待公告', en: 'The announcement is due' },
};

/** Names of the codes that fill the placeholders {step}, {expected}, {status}, {duty}, {held}, {item} and {term}. */
export const IDENTIFICATION_WORDS: Readonly<Record<StepId | Duty | CaseStatus | IncomeItem | MovementTerm, Text>> = {
  mobilise: { zh: '宣传发动', en: 'mobilisation' },
  clue: { zh: '线索发现', en: 'clue' },
  'pre-selection': { zh: '预选', en: 'pre-selection' },
  survey: { zh: '普遍调查', en: 'survey' },
  application: { zh: '农户申请', en: 'application' },
  appraisal: { zh: '民主评议', en: "villagers' appraisal" },
  'village-notice': { zh: '村级公示', en: 'village notice' },
  verification: { zh: '深度核查', en: 'deep verification' },
  'county-pre-exit': { zh: '县级预退出', en: 'county pre-exit' },
  'intensified-help': { zh: '强化帮扶', en: 'intensified help' },
  acceptance: { zh: '农户签字认可', en: 'signed acceptance' },
  'township-notice': { zh: '乡镇公示', en: 'township notice' },
  'township-approval': { zh: '乡镇审核', en: 'township approval' },
  'county-approval': { zh: '县级审定', en: 'county approval' },
  announcement: { zh: '公告建档', en: 'announcement and filing' },
  certificate: { zh: '颁发脱贫光荣证', en: 'exit certificate' },
  enter: { zh: '录入', en: 'enter' },
  review: { zh: '审核', en: 'review' },
  approve: { zh: '审批', en: 'approve' },
  open: { zh: '办理中', en: 'open' },
  completed: { zh: '办结', en: 'completed' },
  refused: { zh: '不予通过', en: 'refused' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  wage: { zh: '工资性收入', en: 'wage' },
  business: { zh: '生产经营性收入', en: 'business' },
  property: { zh: '财产性收入', en: 'property' },
  familyPlanning: { zh: '计划生育金', en: 'family-planning' },
  allowance: { zh: '低保金', en: 'low-income allowance' },
  hardship: { zh: '特困供养金', en: 'extreme-hardship support' },
  pension: { zh: '养老保险金', en: 'pension' },
  ecological: { zh: '生态补偿金', en: 'ecological compensation' },
  otherTransfer: { zh: '其他转移性收入', en: 'other transfer' },
  costs: { zh: '生产经营性支出', en: 'production and operating costs' },
  'newly-registered': { zh: '新识别', en: 'newly registered' },
  returned: { zh: '返贫', en: 'returned' },
  'moved-in': { zh: '迁入', en: 'moved in' },
  birth: { zh: '出生', en: 'births' },
  'marriage-in': { zh: '婚入', en: 'married in' },
  'absence-ended': { zh: '失联找回', en: 'absence ended' },
  exited: { zh: '脱贫退出', en: 'exited' },
  'moved-out': { zh: '迁出', en: 'moved out' },
  death: { zh: '死亡', en: 'deaths' },
  'struck-off': { zh: '错评剔除', en: 'struck off' },
  'marriage-out': { zh: '婚出', en: 'married out' },
  'absence-begun': { zh: '失联', en: 'absence begun' },
};
