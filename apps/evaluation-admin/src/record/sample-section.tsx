import { linkTo } from '@bangfu/contracts/core/client';
import type { Evaluation } from '@bangfu/contracts/evaluation/evaluations';
import { downloadSurveyWorkbook, verifySample } from '@bangfu/contracts/evaluation/samples';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { LinkButton } from '@bangfu/ui/link-button';
import { Facts, RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Alert, Button, Flex, Space } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { Hash } from './frame-section.tsx';
import { useSampleClosed } from './own-steps.ts';

/** The seed and the sample it drew, with the way to the list, to the workbook, and to drawing it again. */
export function SampleSection({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const { seed, sample } = evaluation;
  return (
    <RecordSection id="sample" title={t('sample.title')} actions={sample && <SampleActions evaluation={evaluation} />}>
      <Flex vertical gap="middle">
        {evaluation.earlierSeeds.map((earlier) => (
          <Alert
            key={earlier.evaluationId}
            type="warning"
            showIcon
            title={t('seed.earlier', { name: earlier.name, day: formatMoment(earlier.publishedAt) })}
            description={<Hash text={earlier.seed} />}
          />
        ))}
        {seed ? (
          <Facts
            facts={[
              { label: t('seed.value'), value: <Hash text={seed.text} />, wide: true },
              { label: t('seed.source'), value: seed.source },
              { label: t('seed.at'), value: `${formatMoment(seed.publishedAt)} ${seed.publishedBy}` },
            ]}
          />
        ) : (
          <Empty title={t('record.notYet')} hint={t('seed.hint')} small />
        )}
        {sample && (
          <>
            <Facts
              facts={[
                { label: t('sample.villages'), value: formatNumber(sample.villages) },
                { label: t('sample.households'), value: formatNumber(sample.households) },
                { label: t('sample.replacements'), value: formatNumber(sample.replacements) },
                { label: t('sample.at'), value: `${formatMoment(sample.drawnAt)} ${sample.drawnBy}` },
                { label: t('sample.hash'), value: <Hash text={sample.hash} />, wide: true },
              ]}
            />
            <p>
              {t('sample.notSecret')} <a href="/public/evaluations">{t('sample.published')}</a>
            </p>
            <DrawAgain evaluationId={evaluation.id} />
          </>
        )}
      </Flex>
    </RecordSection>
  );
}

function SampleActions({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const mayDownload = useMay(downloadSurveyWorkbook);
  const closed = useSampleClosed(evaluation);
  const params = { evaluationId: evaluation.id };
  return (
    <Space>
      <LinkButton size="small" reason={closed} to={`/evaluations/${evaluation.id}/sample`}>
        {t('sample.open')}
      </LinkButton>
      {mayDownload && (
        <Button size="small" href={linkTo(downloadSurveyWorkbook, { params })}>
          {t('sample.workbook')}
        </Button>
      )}
    </Space>
  );
}

/** Hashes the frame and draws the sample again on demand, and says whether both agree with what was published. */
function DrawAgain({ evaluationId }: { readonly evaluationId: string }) {
  const t = useText<TextKey>();
  const [asked, setAsked] = useState(false);
  const found = useOperation(verifySample, { params: { evaluationId } }, { enabled: asked });
  const check = () => (asked ? void found.refetch() : setAsked(true));
  const holds = found.data?.frame.holds && found.data.sample.holds;
  return (
    <Space orientation="vertical" size="small">
      <Button onClick={check} loading={found.isFetching}>
        {t('sample.verify')}
      </Button>
      {found.isError && <Alert type="error" showIcon title={problemOf(found.error).title} />}
      {found.data && (
        <Alert
          type={holds ? 'success' : 'error'}
          showIcon
          title={t(holds ? 'sample.holds' : 'sample.broken')}
          description={formatMoment(found.data.checkedAt)}
        />
      )}
    </Space>
  );
}
