import { linkTo } from '@bangfu/contracts/core/client';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { getClass } from '@bangfu/contracts/training/classes';
import { printSlips } from '@bangfu/contracts/training/satisfaction';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import type { Learner } from './learners.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

const HUNDREDTHS = 100;
/** Points of the best answer. */
const MOST = 5;

/** What the participants said of the class, how many of them did, and the slips for those without an account. */
export function Satisfaction(props: {
  readonly group: AnswerOf<typeof getClass>;
  readonly learners: readonly Learner[];
}) {
  const { group, learners } = props;
  const t = useText<TextKey>();
  const { answers, meanHundredths, toldByProvider } = group.satisfaction;
  const closed = closedBy(group.steps, 'slips');
  return (
    <>
      <p>
        {meanHundredths === null
          ? t('satisfaction.few', { answers: formatNumber(answers) })
          : t('satisfaction.mean', {
              mean: formatNumber(meanHundredths / HUNDREDTHS, 2),
              most: MOST,
              answers: formatNumber(answers),
            })}
      </p>
      <p>{t('satisfaction.how', { open: formatNumber(learners.filter(({ rated }) => !rated).length) })}</p>
      {toldByProvider > 0 && <p>{t('satisfaction.told', { count: formatNumber(toldByProvider) })}</p>}
      {isShown(group.steps, 'slips') && (
        <ReasonedButton
          reason={closed}
          {...(closed === null
            ? { href: linkTo(printSlips, { params: { classId: group.id } }), target: '_blank', rel: 'noreferrer' }
            : {})}
        >
          {t('satisfaction.slips')}
        </ReasonedButton>
      )}
    </>
  );
}
