import type { WorkKind } from '@bangfu/contracts/core/work';
import type { Language } from '@bangfu/ui/lib/i18n';

interface Verb {
  readonly zh: string;
  readonly en: string;
}

/** What is done with each kind of waiting work, in a word for its button. */
const VERBS: Readonly<Record<WorkKind, Verb>> = {
  'import-to-commit': { zh: '核对入库', en: 'Commit' },
  'case-application': { zh: '登记申请', en: 'Enter' },
  'case-survey': { zh: '入户调查', en: 'Survey' },
  'case-appraisal': { zh: '民主评议', en: 'Appraise' },
  'case-verification': { zh: '核实', en: 'Verify' },
  'case-village-notice': { zh: '公示', en: 'Post' },
  'case-township-notice': { zh: '公示', en: 'Post' },
  'case-township-approval': { zh: '审核', en: 'Review' },
  'case-county-approval': { zh: '审批', en: 'Approve' },
  'case-announcement': { zh: '公告', en: 'Announce' },
  'visit-due': { zh: '去走访', en: 'Visit' },
  'plan-to-approve': { zh: '审定', en: 'Approve' },
  'plan-to-apply': { zh: '执行', en: 'Apply' },
  'households-without-helper': { zh: '安排结对', en: 'Pair' },
  'dividend-to-declare': { zh: '申报', en: 'Declare' },
  'dividend-to-submit': { zh: '提交申报', en: 'Submit' },
  'dividend-to-check': { zh: '审核', en: 'Check' },
  'dividend-to-post': { zh: '公示', en: 'Post' },
  'dividend-to-pay': { zh: '兑付', en: 'Pay' },
  'receipt-to-import': { zh: '导入回单', en: 'Import' },
  'dividend-to-close': { zh: '办结', en: 'Close' },
  'objection-to-answer': { zh: '答复', en: 'Answer' },
  'notice-to-close': { zh: '结束公示', en: 'Close' },
  'claim-to-settle': { zh: '追回', en: 'Recover' },
  'settlement-to-decide': { zh: '复核', en: 'Decide' },
  'batch-cancel-to-decide': { zh: '复核', en: 'Decide' },
  'nil-year-to-decide': { zh: '确认', en: 'Confirm' },
  'contract-end-to-decide': { zh: '审核', en: 'Decide' },
  'account-change-to-decide': { zh: '审核', en: 'Decide' },
  'correction-to-decide': { zh: '审核', en: 'Decide' },
  'receipt-differs': { zh: '核对', en: 'Settle' },
  'attendance-to-record': { zh: '登记考勤', en: 'Record' },
  'results-to-record': { zh: '登记成绩', en: 'Record' },
  'certificates-to-issue': { zh: '发证', en: 'Issue' },
  'class-to-fill': { zh: '报名', en: 'Enrol' },
  'frame-to-freeze': { zh: '固定', en: 'Freeze' },
  'seed-to-publish': { zh: '公布种子', en: 'Publish' },
  'sample-to-draw': { zh: '抽样', en: 'Draw' },
  'sample-to-visit': { zh: '工作台', en: 'Desk' },
  'rates-to-compute': { zh: '测算', en: 'Compute' },
  'returns-to-import': { zh: '导入问卷', en: 'Import' },
};

/** The word on the button of a piece of waiting work. */
export function verbOf(kind: WorkKind, language: Language): string {
  return VERBS[kind][language === 'zh-CN' ? 'zh' : 'en'];
}
