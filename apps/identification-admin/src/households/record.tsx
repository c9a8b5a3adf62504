import { CASE_BEGINS_FROM, getCase, OPENABLE_KINDS, openCases } from '@bangfu/contracts/identification/cases';
import {
  correctHousehold,
  getHousehold,
  type Household,
  revealSensitive,
} from '@bangfu/contracts/identification/households';
import {
  type Dictionary,
  EDUCATION,
  HEALTH,
  LABOUR,
  RELATION,
  SCHOOL_STAGE,
} from '@bangfu/domain/identification/roster/dictionaries';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { useMay, useMayNot } from '@bangfu/ui/lib/may';
import { useRefused } from '@bangfu/ui/lib/refused';
import { LinkButton } from '@bangfu/ui/link-button';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Reveal } from '@bangfu/ui/reveal';
import { Facts, RecordHeader, RecordSection, Timeline } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { markOf, StatusMark } from '@bangfu/ui/status-mark';
import { Button } from 'antd';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { categoryWord, causeWord } from '../words.ts';
import { DayAsked, NotOfDay, OfDay, useDayAsked } from './of-day.tsx';

type Member = Household['members'][number];

const word = (dictionary: Pick<Dictionary<string>, 'labelOf'>, code: string | null) => dictionary.labelOf(code) ?? '—';

/** One household on one page: who, where, why, its members, its data problems, its history. */
export function Component() {
  const t = useText<TextKey>();
  const ui = useUiText();
  const { householdId = '' } = useParams();
  const { day } = useDayAsked();
  const mayCorrect = useMay(correctHousehold);
  const found = useOperation(getHousehold, { params: { householdId }, query: day ? { asOf: day } : {} });
  if (found.isError && !found.data && day && problemOf(found.error).status === 404) return <NotOfDay day={day} />;
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const household = found.data;
  const yesNo = (value: boolean | null) => (value === null ? '—' : t(value ? 'yes' : 'no'));
  return (
    <>
      <RecordHeader
        name={household.headName}
        number={household.number}
        place={`${household.townshipName} ${household.villageName}`}
        mark={<StatusMark status={markOf(household.status)} />}
        actions={
          <>
            <DayAsked />
            {!day && <CaseButton household={household} />}
            {!day && mayCorrect && (
              <LinkButton to={`/households/${householdId}/correct`}>{t('household.correct')}</LinkButton>
            )}
            <Button href={`/dossiers/${household.number}`}>{t('household.dossier')}</Button>
          </>
        }
      />
      {day && <OfDay day={day} />}
      <RecordSection id="facts" title={t('household.facts')}>
        <Facts
          facts={[
            { label: t('households.number'), value: household.number },
            {
              label: t('household.address'),
              value: `${household.townshipName}${household.villageName}${household.naturalVillage ?? ''}`,
            },
            { label: t('households.members'), value: formatNumber(household.memberCount) },
            { label: ui('household.category'), value: categoryWord(household.category) },
            { label: t('households.cause'), value: causeWord(household.mainCause) },
            {
              label: t('households.income'),
              value: household.perCapitaIncomeFen === null ? '—' : formatMoney(household.perCapitaIncomeFen),
            },
            { label: t('household.dangerousHouse'), value: yesNo(household.dangerousHouse) },
            { label: t('household.safeWater'), value: yesNo(household.safeWater) },
            { label: t('household.waterDifficulty'), value: yesNo(household.waterDifficulty) },
          ]}
        />
      </RecordSection>
      <RecordSection id="members" title={t('household.members')}>
        <Members members={household.members} />
      </RecordSection>
      <RecordSection id="income" title={t('household.income')}>
        {household.incomeEvidence.length === 0 ? (
          <Empty title={t('household.noIncome')} small />
        ) : (
          <InnerTable
            rowKey="sourceId"
            dataSource={household.incomeEvidence}
            columns={[
              { title: t('household.incomeYear'), dataIndex: 'year', width: 90 },
              { title: t('household.incomePayer'), dataIndex: 'payer' },
              {
                title: t('household.incomeAmount'),
                render: (_, row) => formatMoney(row.amountFen),
                align: 'right',
                width: 140,
              },
              { title: t('household.incomeDay'), dataIndex: 'evidencedOn', width: 120 },
            ]}
          />
        )}
      </RecordSection>
      <RecordSection id="problems" title={t('household.problems')}>
        {day ? (
          <Empty title={t('household.problemsToday')} small />
        ) : household.problems.length === 0 ? (
          <Empty title={t('household.noProblems')} small />
        ) : (
          <ul>
            {household.problems.map((problem) => (
              <li key={`${problem.ruleId}${problem.subject}`}>
                {problem.subject}：{problem.message}（{problem.ruleId}）
              </li>
            ))}
          </ul>
        )}
      </RecordSection>
      <RecordSection id="timeline" title={t('household.timeline')}>
        <Timeline
          entries={household.timeline.map((entry) => ({
            id: entry.at,
            at: entry.at,
            who: entry.detail,
            what: entry.title,
          }))}
        />
      </RecordSection>
    </>
  );
}

/** Leads to the household's case under way, or to where the kind of case its status allows is opened. */
function CaseButton({ household }: { readonly household: Household }) {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const { number, status, openCaseId } = household;
  if (openCaseId) {
    return (
      <ReasonedButton reason={mayNot(getCase)} href={`/identification/cases/${openCaseId}`}>
        {t('household.toCase')}
      </ReasonedButton>
    );
  }
  const kind = OPENABLE_KINDS.find((each) => CASE_BEGINS_FROM[each] === status);
  return (
    <ReasonedButton
      reason={kind ? mayNot(openCases) : t('household.registeredAlready')}
      href={`/identification/cases/new?kind=${kind ?? ''}&search=${number}`}
    >
      {t(kind === 'return' ? 'household.openReturn' : 'household.openCase')}
    </ReasonedButton>
  );
}

function Members({ members }: { readonly members: readonly Member[] }) {
  const t = useText<TextKey>();
  return (
    <InnerTable<Member>
      rowKey="id"
      dataSource={[...members]}
      columns={[
        { title: t('member.name'), render: (_, m) => m.name },
        { title: t('member.relation'), render: (_, m) => word(RELATION, m.relation) },
        { title: t('member.sex'), render: (_, m) => t(m.sex) },
        { title: t('member.birth'), render: (_, m) => m.birthDate },
        { title: t('member.id'), render: (_, m) => <Sensitive member={m} /> },
        { title: t('member.education'), render: (_, m) => word(EDUCATION, m.education) },
        { title: t('member.school'), render: (_, m) => word(SCHOOL_STAGE, m.school) },
        { title: t('member.health'), render: (_, m) => m.health.map((code) => word(HEALTH, code)).join('、') || '—' },
        { title: t('member.labour'), render: (_, m) => word(LABOUR, m.labour) },
      ]}
    />
  );
}

/** A masked ID number; one click and a reason show it, and the reason is in the audit log. */
function Sensitive({ member }: { readonly member: Member }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const mayReveal = useMay(revealSensitive);
  const reveal = useCommand(revealSensitive, { refresh: async () => undefined });
  if (reveal.data) {
    return (
      <span>
        {reveal.data.idNumber} {reveal.data.phone}
      </span>
    );
  }
  if (!mayReveal) return <>{member.idNumberMasked}</>;
  return (
    <Reveal
      masked={member.idNumberMasked}
      label={t('member.revealOf', { name: member.name })}
      busy={reveal.isPending}
      onAsk={(reason) => reveal.mutate({ params: { personId: member.id }, body: { reason } }, refused)}
    />
  );
}
