import { linkTo } from '@bangfu/contracts/core/client';
import { getVisit, getVisitPhoto } from '@bangfu/contracts/pairing/visits';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { PhotoList } from '@bangfu/ui/photos';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

/** One visit with its photos and who acknowledged it. */
export function Component() {
  const t = useText<TextKey>();
  const { visitId = '' } = useParams();
  const found = useOperation(getVisit, { params: { visitId } });
  const photosClosed = useMayNot()(getVisitPhoto);
  if (found.isError && !found.data) {
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  }
  if (!found.data) return <Loading />;
  const visit = found.data;
  const where = visit.roughPosition ? t('visit.about', visit.roughPosition) : (visit.noPositionReason ?? '—');
  return (
    <>
      <RecordHeader
        name={visit.headName}
        number={visit.number}
        place={`${visit.townshipName} ${visit.villageName}`}
        facts={[formatMoment(visit.at), `${visit.helperName}（${visit.unitName}）`]}
      />
      <RecordSection id="facts" title={t('visit.facts')}>
        <Facts
          facts={[
            { label: t('visit.people'), value: visit.peopleMet.join('、') },
            { label: t('visit.seen'), value: visit.seen },
            { label: t('visit.needsShort'), value: visit.needs.join('；') || t('visit.noNeeds') },
            { label: t('visit.position'), value: where },
            {
              label: t('visit.ack'),
              value: `${visit.acknowledgement.by}（${t(`visit.ack.${visit.acknowledgement.kind}`)}）`,
            },
            { label: t('visit.received'), value: formatMoment(visit.receivedAt) },
          ]}
        />
      </RecordSection>
      <RecordSection id="photos" title={t('visit.photos')}>
        {photosClosed ? (
          <p>{photosClosed}</p>
        ) : (
          <PhotoList
            sources={visit.photos.map((sha256) => linkTo(getVisitPhoto, { params: { visitId: visit.id, sha256 } }))}
          />
        )}
      </RecordSection>
    </>
  );
}
