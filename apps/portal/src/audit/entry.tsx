import { formatMoment } from '@bangfu/ui/lib/format';
import { useLanguage, useText, useUiText } from '@bangfu/ui/lib/i18n';
import { Drawer } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { actionName } from './actions.ts';
import type { AuditRow } from './row.ts';
import { fieldChanges } from './change.ts';
import { fieldName, recordTypeName, valueName } from './words.ts';

interface AuditEntryProps {
  readonly row: AuditRow | null;
  readonly onClose: () => void;
}

/** One entry of the log at the side: who, what, from where, before and after. */
export function AuditEntry({ row, onClose }: AuditEntryProps) {
  const t = useText<TextKey>();
  const ui = useUiText();
  return (
    <Drawer
      title={t('audit.detail')}
      open={row !== null}
      onClose={onClose}
      size="large"
      closable={{ 'aria-label': ui('common.close') }}
    >
      {row && <Entry row={row} />}
    </Drawer>
  );
}

function Entry({ row }: { readonly row: AuditRow }) {
  const t = useText<TextKey>();
  const language = useLanguage();
  const facts: readonly (readonly [string, string])[] = [
    [t('audit.action'), actionName(row.action, language)],
    [t('audit.at'), formatMoment(row.at)],
    [t('audit.who'), row.accountName],
    [t('audit.address'), row.address === 'local' ? t('audit.thisComputer') : row.address],
    [t('audit.recordType'), recordTypeName(row.recordType, language)],
    [t('audit.record'), row.recordId],
    [t('audit.sealed'), t(row.sealed ? 'audit.sealedYes' : 'audit.sealedNo')],
  ];
  const changes = fieldChanges(row.change);
  return (
    <div className="entry">
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || '—'}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('audit.change')}</h3>
      {changes.length === 0 ? (
        <p>{t('audit.noChange')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('audit.field')}</th>
              <th scope="col">{t('audit.before')}</th>
              <th scope="col">{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.field}>
                <th scope="row">{fieldName(change.field, language) || '—'}</th>
                <td>{change.before === null ? '—' : valueName(change.before, language)}</td>
                <td>{change.after === null ? '—' : valueName(change.after, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
