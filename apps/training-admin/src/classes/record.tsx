import { getClass } from '@bangfu/contracts/training/classes';
import { listEnrolments } from '@bangfu/contracts/training/enrolments';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { LinkButton } from '@bangfu/ui/link-button';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { IssueCertificates } from './issue.tsx';
import { Learners } from './learners.tsx';
import { Results } from './results.tsx';
import { Satisfaction } from './satisfaction.tsx';
import { Sessions } from './sessions.tsx';

/** One class on one page: who learns, when, with what result. */
export function Component() {
  const t = useText<TextKey>();
  const { classId = '' } = useParams();
  const params = { classId };
  const found = useOperation(getClass, { params });
  const enrolments = useOperation(listEnrolments, { params });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const group = found.data;
  const learners = enrolments.data?.rows ?? [];
  const present = learners.filter(({ withdrawnOn }) => withdrawnOn === null);
  return (
    <>
      <RecordHeader
        name={group.name}
        number={t(`state.${group.state}`)}
        place={`${group.courseName} · ${group.providerName}`}
        actions={
          isShown(group.steps, 'enrol') && (
            <LinkButton type="primary" reason={closedBy(group.steps, 'enrol')} to={`/classes/${classId}/enrol`}>
              {t('class.enrol')}
            </LinkButton>
          )
        }
        sections={[
          { id: 'learners', title: t('class.learners'), count: present.length },
          { id: 'sessions', title: t('class.sessionsTitle'), count: group.sessions },
          { id: 'results', title: t('class.results') },
          { id: 'satisfaction', title: t('class.satisfaction'), count: group.satisfaction.answers },
          { id: 'certificates', title: t('class.certificatesTitle'), count: group.certificates },
        ]}
      />
      <RecordSection id="facts" title={t('classes.name')}>
        <Facts
          facts={[
            { label: t('classes.period'), value: t('classes.periodOf', { begins: group.begins, ends: group.ends }) },
            { label: t('classes.place'), value: group.place },
            {
              label: t('classes.enrolled'),
              value: `${formatNumber(group.enrolled)}/${formatNumber(group.capacity)}`,
            },
          ]}
        />
      </RecordSection>
      <RecordSection id="learners" title={t('class.learners')}>
        <Learners learners={learners} />
      </RecordSection>
      <RecordSection id="sessions" title={t('class.sessionsTitle')}>
        <Sessions group={group} />
      </RecordSection>
      <RecordSection id="results" title={t('class.results')}>
        <Results group={group} learners={present} />
      </RecordSection>
      <RecordSection id="satisfaction" title={t('class.satisfaction')}>
        <Satisfaction group={group} learners={present} />
      </RecordSection>
      <RecordSection id="certificates" title={t('class.certificatesTitle')}>
        <IssueCertificates classId={classId} learners={present} />
      </RecordSection>
    </>
  );
}
