import type { Evaluation } from '@bangfu/contracts/evaluation/evaluations';
import { publishSeed, revealSeed } from '@bangfu/contracts/evaluation/samples';
import { DropZone } from '@bangfu/ui/import-drop';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { formatDay } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Alert, Form, Input } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { useSeedNotMine } from './own-steps.ts';

const LARGEST_SEED = 1024 * 1024;

/** How the seed is given: the number of the plan's event on its day, or the evaluator's signed file. */
export function SeedStep({ evaluation }: { readonly evaluation: Evaluation }) {
  return evaluation.seedPlan?.kind === 'evaluator' ? (
    <Revealed evaluation={evaluation} />
  ) : (
    <OfEvent evaluation={evaluation} />
  );
}

function OfEvent({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const [seed, setSeed] = useState('');
  const [source, setSource] = useState('');
  const notMine = useSeedNotMine(evaluation);
  const publish = useCommand(publishSeed);
  const { id, version, seedPlan } = evaluation;
  const event = seedPlan?.kind === 'public-event' ? seedPlan : null;
  const today = usePlatformDay();
  const isEarly = event !== null && today < event.day;
  const isIncomplete = seed.length < 20 || (event === null && source.trim().length < 2);
  const reason =
    notMine ?? (isEarly ? t('seed.early', { day: formatDay(event.day) }) : isIncomplete ? t('seed.hint') : null);
  const body = { version, seed, ...(event ? {} : { source }) };
  return (
    <Form layout="vertical" onFinish={() => publish.mutate({ params: { evaluationId: id }, body })}>
      {publish.isError && <Alert type="error" showIcon role="alert" title={problemOf(publish.error).title} />}
      {event && (
        <p>
          {t('seed.source')}：{event.event}，{formatDay(event.day)}
        </p>
      )}
      <Form.Item label={t('seed.value')} htmlFor="seed-value" extra={t('seed.hint')} required>
        <Input id="seed-value" maxLength={200} value={seed} onChange={(change) => setSeed(change.target.value)} />
      </Form.Item>
      {!event && (
        <Form.Item label={t('seed.source')} htmlFor="seed-source" required>
          <Input
            id="seed-source"
            maxLength={200}
            value={source}
            onChange={(change) => setSource(change.target.value)}
          />
        </Form.Item>
      )}
      <ReasonedButton type="primary" htmlType="submit" loading={publish.isPending} reason={reason}>
        {t('seed.publish')}
      </ReasonedButton>
    </Form>
  );
}

function Revealed({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const notMine = useSeedNotMine(evaluation);
  const reveal = useCommand(revealSeed);
  if (notMine) return <Alert type="info" showIcon title={notMine} />;
  return (
    <>
      <p>{t('seed.reveal')}</p>
      <DropZone
        types={['.zip']}
        maxBytes={LARGEST_SEED}
        onFile={(file) => reveal.mutate({ params: { evaluationId: evaluation.id }, body: file })}
      />
      {reveal.isError && <ProblemPanel problem={problemOf(reveal.error)} />}
    </>
  );
}
