import { linkTo } from '@bangfu/contracts/core/client';
import { downloadFrame, type Evaluation } from '@bangfu/contracts/evaluation/evaluations';
import { STRATA } from '@bangfu/domain/evaluation/frame';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { Facts, RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Button, Typography } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

/** The frozen frame: its numbers by stratum and its published hash. */
export function FrameSection({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const mayDownload = useMay(downloadFrame);
  const { frame } = evaluation;
  if (!frame) {
    return (
      <RecordSection id="frame" title={t('record.frame')}>
        <Empty title={t('record.notYet')} hint={t('need.frame', { day: evaluation.frameDate })} small />
      </RecordSection>
    );
  }
  const download = mayDownload && (
    <Button size="small" href={linkTo(downloadFrame, { params: { evaluationId: evaluation.id } })}>
      {t('frame.download')}
    </Button>
  );
  return (
    <RecordSection id="frame" title={t('record.frame')} actions={download}>
      <Facts
        facts={[
          { label: t('frame.households'), value: formatNumber(frame.households) },
          { label: t('frame.persons'), value: formatNumber(frame.persons) },
          { label: t('frame.withoutMembers'), value: formatNumber(frame.withoutMembers) },
          { label: t('frame.at'), value: `${formatMoment(frame.frozenAt)} ${frame.frozenBy}` },
          ...STRATA.map((stratum) => ({
            label: t(`stratum.${stratum}`),
            value: `${formatNumber(frame.totals[stratum].households)} / ${formatNumber(frame.totals[stratum].persons)}`,
          })),
          { label: t('frame.hash'), value: <Hash text={frame.hash} />, wide: true },
        ]}
      />
    </RecordSection>
  );
}

/** A hash in full, to be compared and copied. */
export function Hash({ text }: { readonly text: string }) {
  return (
    <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
      {text}
    </Typography.Text>
  );
}
