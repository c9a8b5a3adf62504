import { getClass } from '@bangfu/contracts/training/classes';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { enrolPerson, findLearners } from '@bangfu/contracts/training/enrolments';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty, Loading } from '@bangfu/ui/states';
import { App, Input } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import './enrol.css';

type Learner = AnswerOf<typeof findLearners>['rows'][number];

/** Finding persons of the own region for a class; who cannot take part is shown with the reason. */
export function Component() {
  const t = useText<TextKey>();
  const { classId = '' } = useParams();
  const [search, setSearch] = useState('');
  const group = useOperation(getClass, { params: { classId } });
  const found = useOperation(findLearners, { params: { classId }, query: { search } }, { enabled: search !== '' });
  return (
    <Page
      title={t('enrol.title', { name: group.data?.name ?? '' })}
      subtitle={group.data ? `${t('classes.enrolled')} ${group.data.enrolled}/${group.data.capacity}` : ''}
      help={t('enrol.help')}
      actions={<LinkButton to={`/classes/${classId}#learners`}>{t('enrol.back')}</LinkButton>}
    >
      <Input.Search
        aria-label={t('enrol.search')}
        placeholder={t('enrol.search')}
        size="large"
        autoFocus
        enterButton
        onSearch={(text) => setSearch(text.trim())}
      />
      <div className="bf-surface enrol" aria-live="polite">
        {search === '' && <Empty title={t('enrol.start')} small />}
        {search !== '' && found.isError && <ProblemPanel problem={problemOf(found.error)} />}
        {search !== '' && found.isPending && <Loading rows={3} />}
        {search !== '' && found.data?.rows.length === 0 && <Empty title={t('enrol.none')} small />}
        {search !== '' && found.data && (
          <ul className="enrol__list">
            {found.data.rows.map((learner) => (
              <LearnerLine key={learner.personId} classId={classId} learner={learner} />
            ))}
          </ul>
        )}
        {search !== '' && found.data?.more && <p className="enrol__reason">{t('enrol.more')}</p>}
      </div>
    </Page>
  );
}

function LearnerLine({ classId, learner }: { readonly classId: string; readonly learner: Learner }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const { message } = App.useApp();
  const { householdId, personId, name } = learner;
  const enrol = useCommand(enrolPerson, { onDone: () => void message.success(t('enrol.done', { name })) });
  return (
    <li className="enrol__one">
      <span>
        <strong>{name}</strong> {learner.birthDate}
        <br />
        {learner.townshipName} {learner.villageName} · {learner.headName} · {learner.householdNumber}
        {learner.reasons.length > 0 && (
          <span className="enrol__reason">{learner.reasons.map((reason) => reason.message).join('；')}</span>
        )}
      </span>
      <ReasonedButton
        type="primary"
        size="large"
        aria-label={t('enrol.enrolOf', { name })}
        loading={enrol.isPending}
        reason={learner.reasons[0]?.message ?? null}
        onClick={() => enrol.mutate({ params: { classId }, body: { householdId, personId } }, refused)}
      >
        {t('enrol.enrol')}
      </ReasonedButton>
    </li>
  );
}
