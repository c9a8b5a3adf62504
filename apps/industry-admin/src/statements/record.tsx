import { linkTo } from '@bangfu/contracts/core/client';
import {
  getIncomeStatement,
  type IncomeStatement,
  issueIncomeStatement,
  printIncomeStatement,
} from '@bangfu/contracts/industry/statements';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

/** A household's income from entities; issued statements are printed with their code. */
export function Component() {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const refused = useRefused();
  const { householdNumber = '' } = useParams();
  const params = { householdNumber };
  const found = useOperation(getIncomeStatement, { params });
  const issue = useCommand(issueIncomeStatement);
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const statement = found.data;
  const nothing = statement.lines.length === 0 ? t('statement.empty') : null;
  return (
    <>
      <RecordHeader
        name={statement.headName}
        number={statement.householdNumber}
        place={`${statement.townshipName} ${statement.villageName}`}
        actions={
          <ReasonedButton
            type="primary"
            reason={mayNot(issueIncomeStatement) ?? nothing}
            loading={issue.isPending}
            onClick={() => issue.mutate({ params, body: {} }, refused)}
          >
            {t('statement.issue')}
          </ReasonedButton>
        }
      />
      <RecordSection id="years" title={t('statement.years')}>
        <Facts
          facts={[
            { label: t('statement.total'), value: formatMoney(statement.totalFen) },
            ...statement.years.map(({ year, amountFen }) => ({
              label: t('statement.yearOf', { year }),
              value: formatMoney(amountFen),
            })),
          ]}
        />
      </RecordSection>
      <RecordSection id="lines" title={t('statement.lines')}>
        <InnerTable<IncomeStatement['lines'][number]>
          rowKey={(line) => `${line.id}${line.kind}`}
          dataSource={statement.lines}
          columns={[
            { title: t('year'), dataIndex: 'year' },
            { title: t('contract.entity'), dataIndex: 'entityName' },
            { title: t('contract.number'), dataIndex: 'contractNumber' },
            { title: t('line.paidOn'), dataIndex: 'paidOn' },
            { title: t('contract.tail'), dataIndex: 'accountTail' },
            { title: t('amount'), align: 'right', render: (_, line) => formatMoney(line.amountFen) },
            {
              title: t('statement.confirmed'),
              render: (_, line) =>
                t(
                  line.kind !== 'payment'
                    ? `statement.kind.${line.kind}`
                    : line.confirmed
                      ? 'statement.yes'
                      : 'statement.no',
                ),
            },
          ]}
        />
      </RecordSection>
      <RecordSection id="issued" title={t('statement.issued')}>
        {statement.issued.length === 0 && <Empty title={t('statement.noneIssued')} small />}
        <ul>
          {statement.issued.map((paper) => (
            <li key={paper.number}>
              {paper.number}{' '}
              {t('statement.issuedLine', {
                moment: formatMoment(paper.issuedAt),
                amount: formatMoney(paper.totalFen),
              })}{' '}
              <a
                href={linkTo(printIncomeStatement, { params: { number: paper.number } })}
                target="_blank"
                rel="noreferrer"
              >
                {t('statement.print')}
              </a>{' '}
              <a href={`/public/verify/${paper.number}`}>{t('statement.verify')}</a>
            </li>
          ))}
        </ul>
      </RecordSection>
    </>
  );
}
