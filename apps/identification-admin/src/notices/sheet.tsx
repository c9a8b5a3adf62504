import { getNotice } from '@bangfu/contracts/identification/notices';
import { useSession } from '@bangfu/ui/app-frame';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { PrintSheet } from '@bangfu/ui/print';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Loading } from '@bangfu/ui/states';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import './sheet.css';

/** The notice as it hangs on the board: A4, names and villages, seal places, and the code to check it. */
export function Component() {
  const t = useText<TextKey>();
  const session = useSession();
  const { noticeId = '' } = useParams();
  const found = useOperation(getNotice, { params: { noticeId } });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const notice = found.data;
  const final = notice.level === 'county';
  return (
    <PrintSheet
      title={notice.title}
      subtitle={t('notice.paperNumber', { number: notice.number })}
      county={session.county.name}
      printedAt={notice.asOf}
      operator={session.account.name}
      seals={[notice.place]}
      qr={{
        src: `data:image/svg+xml,${encodeURIComponent(notice.verifySvg)}`,
        number: notice.contentHash.slice(0, 16),
      }}
    >
      <p className="notice-paper__words">
        {final ? t('notice.paperFinal') : t('notice.paper', { from: notice.openedOn, until: notice.until })}
      </p>
      {notice.basis && (
        <p className="notice-paper__words">
          {t('notice.basis', { basis: `${notice.basis.document} ${notice.basis.paragraph}`.trim() })}
        </p>
      )}
      <table className="notice-paper__list">
        <thead>
          <tr>
            <th>{t('notice.position')}</th>
            <th>{t('notice.name')}</th>
            <th>{t('notice.village')}</th>
          </tr>
        </thead>
        <tbody>
          {notice.entries.map((entry) => (
            <tr key={entry.position}>
              <td>{entry.position}</td>
              <td>{entry.name}</td>
              <td>{entry.village}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="notice-paper__seal">
        {t('notice.seal')}：{notice.contentHash}
      </p>
      <p className="notice-paper__day">{notice.openedOn}</p>
    </PrintSheet>
  );
}
