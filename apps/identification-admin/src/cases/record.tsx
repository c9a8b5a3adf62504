import { linkTo } from '@bangfu/contracts/core/client';
import { getCasePhoto } from '@bangfu/contracts/identification/case-photos';
import { type CaseDetail, getCase } from '@bangfu/contracts/identification/cases';
import type { IncomeEvidence } from '@bangfu/contracts/identification/household-facts';
import { IDENTIFICATION_WORDS } from '@bangfu/domain/identification/messages';
import { CaseSteps } from '@bangfu/ui/case-steps';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatMoney } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { PhotoList } from '@bangfu/ui/photos';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { markOf, StatusMark } from '@bangfu/ui/status-mark';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { Objections } from '../notices/objections.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import { categoryWord, causeWord } from '../words.ts';
import { AnnouncementForm, ApprovalForm, Corrections, NoticeForm } from './decide-forms.tsx';
import { ApplicationForm, AppraisalForm, SurveyForm, VerificationForm } from './record-forms.tsx';
import { useCaseWords } from './words.ts';

const FOLLOW_MS = 30_000;

/** One case on one page: its steps and clock, the one next act, objections, problems, evidence, history. */
export function Component() {
  const t = useText<TextKey>();
  const ui = useUiText();
  const { word } = useCaseWords();
  const { caseId = '' } = useParams();
  const found = useOperation(getCase, { params: { caseId } }, { refetchInterval: FOLLOW_MS });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const file = found.data;
  const { household } = file;
  return (
    <>
      <RecordHeader
        name={file.headName}
        number={file.householdNumber}
        place={`${file.townshipName} ${file.villageName}`}
        mark={<StatusMark status={markOf(household.status)} />}
        facts={[
          t(`cases.kind.${file.kind}`),
          word(file.status),
          ...(file.deadline ? [t('case.deadline', { day: file.deadline })] : []),
          ...(file.overdueDays > 0 ? [t('cases.overdue', { days: file.overdueDays })] : []),
        ]}
        actions={
          <Link to={`/households/${file.householdId}`}>
            <Button>{t('case.household')}</Button>
          </Link>
        }
        sections={[
          { id: 'next', title: t('case.section.next') },
          { id: 'objections', title: t('case.section.objections'), count: file.objections.length },
          { id: 'quality', title: t('case.section.quality'), count: file.qualityProblems.length },
          { id: 'income', title: t('case.section.income'), count: file.incomeEvidence.length },
          { id: 'history', title: t('case.section.history') },
        ]}
      />
      <RecordSection id="next" title={t('case.section.next')}>
        <Facts
          facts={[
            { label: t('households.members'), value: household.memberCount },
            { label: ui('household.category'), value: categoryWord(household.category) },
            { label: t('households.cause'), value: causeWord(household.mainCause) },
            {
              label: t('households.income'),
              value: household.perCapitaIncomeFen === null ? '—' : formatMoney(household.perCapitaIncomeFen),
            },
          ]}
        />
        <Steps file={file} />
        {file.next ? <NextForm key={`${file.id}.${file.version}`} file={file} /> : <p>{t('case.ended')}</p>}
        <Corrections file={file} />
      </RecordSection>
      <RecordSection id="objections" title={t('case.section.objections')}>
        {file.objections.length === 0 ? (
          <Empty title={t('case.noObjections')} small />
        ) : (
          <Objections
            objections={file.objections.map((each) => ({
              ...each,
              caseVersion: file.version,
              answerRefusal: file.next?.refusal ?? null,
            }))}
          />
        )}
      </RecordSection>
      <RecordSection id="quality" title={t('case.section.quality')}>
        <Quality problems={file.qualityProblems} />
      </RecordSection>
      <RecordSection id="income" title={t('case.section.income')}>
        <Income rows={file.incomeEvidence} />
      </RecordSection>
      <RecordSection id="history" title={t('case.section.history')}>
        <History caseId={file.id} entries={file.history} />
      </RecordSection>
    </>
  );
}

function Steps({ file }: { readonly file: CaseDetail }) {
  const t = useText<TextKey>();
  const { word, need, role } = useCaseWords();
  const { next } = file;
  const clock =
    next?.need === 'NEED_NOTICE_TIME' && file.closableFrom ? { deadline: file.closableFrom, now: file.asOf } : null;
  return (
    <div style={{ marginBlock: 16 }}>
      <CaseSteps
        steps={file.steps.map((step) => ({
          key: step.id,
          title: word(step.id),
          state: step.state,
          ...(step.day ? { day: step.day } : {}),
          ...(step.accountName ? { who: step.accountName } : {}),
          ...(step.state === 'current' && file.noticeNumber
            ? { note: t('case.notice', { number: file.noticeNumber }) }
            : {}),
        }))}
        {...(clock ? { clock } : {})}
        missing={next ? [{ label: need(next.need, next.params) }] : []}
        who={(next?.roles ?? []).map((each) => ({ name: role(each), role: '' }))}
      />
    </div>
  );
}

/** The form of the one act that is next. */
function NextForm({ file }: { readonly file: CaseDetail }) {
  const refusal = file.next?.refusal ?? null;
  switch (file.next?.act) {
    case 'survey':
      return <SurveyForm file={file} refusal={refusal} />;
    case 'application':
      return <ApplicationForm file={file} refusal={refusal} />;
    case 'appraisal':
      return <AppraisalForm file={file} refusal={refusal} />;
    case 'verification':
      return <VerificationForm file={file} refusal={refusal} />;
    case 'notice':
      // An objection is answered in its own section; until then there is nothing to close.
      return file.openObjections > 0 ? null : <NoticeForm file={file} refusal={refusal} />;
    case 'township-approval':
    case 'county-approval':
      return <ApprovalForm file={file} refusal={refusal} />;
    case 'announcement':
      return <AnnouncementForm file={file} refusal={refusal} />;
    default:
      return null;
  }
}

function Quality({ problems }: { readonly problems: CaseDetail['qualityProblems'] }) {
  const t = useText<TextKey>();
  if (problems.length === 0) return <Empty title={t('case.noQuality')} small />;
  return (
    <ul>
      {problems.map(({ ruleId, severity, message, explanation }) => (
        <li key={ruleId}>
          {t(`quality.${severity}`)}：{message}（{ruleId}）
          {explanation && <em> {t('case.explained', { text: explanation })}</em>}
        </li>
      ))}
    </ul>
  );
}

function Income({ rows }: { readonly rows: readonly IncomeEvidence[] }) {
  const t = useText<TextKey>();
  const { word } = useCaseWords();
  if (rows.length === 0) return <Empty title={t('case.noIncome')} small />;
  const item = (code: string) =>
    code in IDENTIFICATION_WORDS ? word(code as keyof typeof IDENTIFICATION_WORDS) : code;
  return (
    <InnerTable<IncomeEvidence>
      rowKey="sourceId"
      dataSource={[...rows]}
      columns={[
        { title: t('income.year'), render: (_, r) => r.year },
        { title: t('income.item'), render: (_, r) => item(r.item) },
        { title: t('income.payer'), render: (_, r) => r.payer },
        { title: t('income.amount'), align: 'right', render: (_, r) => formatMoney(r.amountFen) },
        { title: t('income.on'), render: (_, r) => r.evidencedOn },
        {
          title: t('income.source'),
          render: (_, r) => t(r.sourceService === 'industry' ? 'income.industry' : 'income.other'),
        },
      ]}
    />
  );
}

/** What happened, the latest first, with what the papers say. */
function History({ caseId, entries }: { readonly caseId: string; readonly entries: CaseDetail['history'] }) {
  const seesPhotos = useMay(getCasePhoto);
  const { role } = useCaseWords();
  return (
    <ol className="bf-timeline">
      {entries.map((entry) => (
        <li key={entry.position}>
          <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
          <div>
            <p className="bf-timeline__what">
              <strong>{entry.what}</strong>
              <span>
                {entry.accountName} {entry.role === 'public' ? '' : role(entry.role)}
              </span>
              {entry.day && <span>{entry.day}</span>}
            </p>
            {entry.details.map(({ label, value }) => (
              <p className="bf-timeline__change" key={label}>
                <span className="bf-timeline__field">{label}</span>
                <span style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{value}</span>
              </p>
            ))}
            {seesPhotos && entry.photos.length > 0 && (
              <PhotoList sources={entry.photos.map((sha256) => linkTo(getCasePhoto, { params: { caseId, sha256 } }))} />
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
