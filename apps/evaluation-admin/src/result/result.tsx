import { ProblemError } from '@bangfu/contracts/core/problem';
import { getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { getRates, type RateResult, type RateSet } from '@bangfu/contracts/evaluation/rates';
import { useSession } from '@bangfu/ui/app-frame';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { platformNow } from '@bangfu/ui/lib/platform-time';
import { Page } from '@bangfu/ui/page';
import { PrintSheet } from '@bangfu/ui/print';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Empty, Loading } from '@bangfu/ui/states';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { Verdict } from '../verdict.tsx';
import { intervalText, percent } from '../words.ts';
import { RatesTable } from './rates-table.tsx';

/** The three rates and one degree of an evaluation as a sheet: county, townships, strata; prints on A4. */
export function Component() {
  const t = useText<TextKey>();
  const { evaluationId = '' } = useParams();
  const params = { evaluationId };
  const session = useSession();
  const evaluation = useOperation(getEvaluation, { params });
  const found = useOperation(getRates, { params });
  const body = () => {
    if (found.error instanceof ProblemError && found.error.problem.status === 404)
      return <Empty title={t('result.none')} hint={t('result.noneHint')} />;
    if (found.isError && !found.data)
      return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
    if (!found.data) return <Loading />;
    return (
      <PrintSheet
        heading="h2"
        title={`${evaluation.data?.name ?? ''} ${t('result.title')}`}
        subtitle={t('result.coverage', { ...found.data.coverage })}
        county={session.county.name}
        printedAt={platformNow().toISOString()}
        operator={session.account.name}
        seals={[t('result.seal')]}
      >
        <Sheet result={found.data} />
      </PrintSheet>
    );
  };
  return (
    <Page
      title={t('result.title')}
      subtitle={evaluation.data?.name ?? ''}
      {...(found.data ? { asOf: found.data.computedAt } : {})}
    >
      {body()}
    </Page>
  );
}

function Sheet({ result }: { readonly result: RateResult }) {
  const t = useText<TextKey>();
  return (
    <>
      <p>
        <Verdict verdict={result.county.verdict} />
      </p>
      {result.former && <p>{t('result.former')}</p>}
      <RatesTable rates={result.county} thresholds={result.thresholds} />
      <p>{t('result.thresholdNote', { document: result.thresholds.document || '—' })}</p>
      <h2>{t('result.byTownship')}</h2>
      <p>{t('result.townshipNote')}</p>
      <Parts
        label={t('result.township')}
        rows={result.townships.map(({ code, name, ...rest }) => ({ key: code, name, ...rest }))}
        withComposite
      />
      <h2>{t('result.byStratum')}</h2>
      <Parts
        label={t('sample.stratum')}
        rows={result.strata.map((row) => ({ key: row.stratum, name: t(`stratum.${row.stratum}`), ...row }))}
      />
    </>
  );
}

interface Part {
  readonly key: string;
  readonly name: string;
  readonly sampled: number;
  readonly interviewed: number;
  readonly replaced: number;
  readonly rates: RateSet;
}

/** One row a township or stratum: what was counted, and the estimate where there are villages enough; no verdict. */
function Parts({ label, rows, withComposite }: { label: string; rows: readonly Part[]; withComposite?: boolean }) {
  const t = useText<TextKey>();
  const estimate = ({ weighted }: Pick<RateSet['composite'], 'weighted'>) =>
    weighted ? `${percent(weighted.value)}（${intervalText(weighted.interval)}）` : '—';
  const rateColumn = (key: 'wrongExit' | 'missed' | 'approval') => ({
    title: t(`rate.${key}`),
    key,
    align: 'right' as const,
    render: (_: unknown, { rates }: Part) => {
      const { hits, cases } = rates[key];
      return cases === 0 ? '—' : `${hits}/${cases}　${estimate(rates[key])}`;
    },
  });
  return (
    <InnerTable<Part>
      rowKey="key"
      dataSource={[...rows]}
      columns={[
        { title: label, dataIndex: 'name' },
        { title: t('sample.households'), dataIndex: 'sampled', align: 'right' },
        { title: t('result.interviewed'), render: (_, row) => row.interviewed + row.replaced, align: 'right' },
        rateColumn('wrongExit'),
        rateColumn('missed'),
        rateColumn('approval'),
        ...(withComposite
          ? [
              {
                title: t('rate.composite'),
                key: 'composite',
                align: 'right' as const,
                render: (_: unknown, { rates }: Part) => estimate(rates.composite),
              },
            ]
          : []),
      ]}
    />
  );
}
