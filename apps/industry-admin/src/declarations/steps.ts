import type { Declaration } from '@bangfu/contracts/industry/declarations';
import type { CaseStep } from '@bangfu/ui/case-steps';
import type { TextParams } from '@bangfu/ui/lib/i18n';
import type { TextKey } from '../texts.zh-CN.ts';

type Text = (key: TextKey, params?: TextParams) => string;

/** At which of the five steps a declaration stands. */
const AT: Record<Declaration['status'], number> = {
  drafted: 0,
  submitted: 1,
  checked: 2,
  'on-notice': 2,
  noticed: 3,
  'in-payment': 3,
  closed: 5,
  discarded: 0,
};

/** The steps of a declaration with who did them and when. */
export function stepsOf(declaration: Declaration, t: Text): CaseStep[] {
  const at = AT[declaration.status];
  const { notice } = declaration;
  const facts: Omit<CaseStep, 'state'>[] = [
    {
      key: 'draft',
      title: t('step.draft'),
      ...(declaration.submittedAt && { day: declaration.submittedAt }),
      ...(declaration.submittedBy && { who: declaration.submittedBy }),
      ...(declaration.returnReason && { note: t('declaration.returned', { reason: declaration.returnReason }) }),
    },
    {
      key: 'check',
      title: t('step.check'),
      ...(declaration.checkedAt && { day: declaration.checkedAt }),
      ...(declaration.checkedBy && { who: declaration.checkedBy }),
    },
    { key: 'notice', title: t('step.notice'), ...(notice && { day: notice.closedAt ?? notice.openedAt }) },
    { key: 'pay', title: t('step.pay') },
    { key: 'close', title: t('step.close') },
  ];
  // Without a day because a village has yet to post its list, the notice is not stopped.
  const isPosted = notice !== null && notice.opened === notice.villages;
  const stopped = isPosted && notice.closedAt === null && notice.closableFrom === null;
  return facts.map((fact, i) => ({
    ...fact,
    state: i < at ? 'done' : i > at ? 'waiting' : i === 2 && stopped ? 'stopped' : 'current',
  }));
}

/** Who does the next step. */
export function nextOf(declaration: Declaration, t: Text): string {
  const who: Record<Declaration['status'], TextKey> = {
    drafted: 'who.entity',
    submitted: 'who.township',
    checked: 'who.village',
    'on-notice': 'who.village',
    noticed: 'who.finance',
    'in-payment': 'who.finance',
    closed: 'status.closed',
    discarded: 'status.discarded',
  };
  return t(who[declaration.status]);
}
