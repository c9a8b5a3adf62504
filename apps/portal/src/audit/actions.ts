import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import type { Owner } from '@bangfu/contracts/core/operation';
import type { Language } from '@bangfu/ui/lib/i18n';

const spoken = (language: Language) => (language === 'zh-CN' ? 'zh' : 'en');

const BY_ACTION = new Map(ALL_OPERATIONS.flatMap((op) => (op.audit ? [[op.audit, op.summary] as const] : [])));

/** Actions written beside or between operations: by a job, by a refusal, by a look at sensitive data. */
const BESIDE: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'gateway.session.refused': { zh: '登录被拒绝', en: 'Sign-in refused' },
  'identification.roster.committed': { zh: '花名册入库', en: 'Roster committed' },
  'industry.declaration.computed': { zh: '计算分红', en: 'Dividends computed' },
  'evaluation.frame.frozen': { zh: '冻结抽样框', en: 'Frame frozen' },
  'evaluation.sample.verified': { zh: '核验抽样', en: 'Sample verified' },
  'evaluation.evaluation.read': { zh: '评估方查看评估任务', en: 'Evaluation read by an evaluator' },
  'evaluation.dossier.read': { zh: '评估方查看一户一档', en: 'Dossier read by an evaluator' },
  'evaluation.rates.read': { zh: '评估方查看评估结果', en: 'Rates read by an evaluator' },
  'evaluation.returns.read': { zh: '评估方查看问卷', en: 'Returns read by an evaluator' },
};

/** What an action of the log is called: by the operation that writes it; by its own name where it has none. */
export function actionName(action: string, language: Language): string {
  return (BY_ACTION.get(action) ?? BESIDE[action])?.[spoken(language)] ?? action;
}

/** The actions an owner's log can carry, to choose from. */
export function actionsOf(owner: Owner, language: Language): { value: string; label: string }[] {
  const own = ALL_OPERATIONS.flatMap((op) => (op.owner === owner && op.audit ? [op.audit] : []));
  const beside = Object.keys(BESIDE).filter((action) => action.startsWith(`${owner}.`));
  return [...new Set([...own, ...beside])].map((value) => ({ value, label: actionName(value, language) }));
}
