import type { Policy } from '@bangfu/contracts/core/policy';
import { labelledChanges } from '@bangfu/contracts/core/policy-fields';
import type { OfferedPolicyVersion } from '@bangfu/contracts/core/policy-operations';
import { useLanguage, useUiText } from './lib/i18n.ts';
import './policies.css';

interface ChangesProps {
  readonly policy: Policy;
  readonly version: OfferedPolicyVersion;
}

/** What a version changes of the one before: label, before → after. */
export function Changes({ policy, version }: ChangesProps) {
  const t = useUiText();
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const changes = labelledChanges(policy, version.changes, language);
  if (changes.length === 0) return <span>{t('policies.unchanged')}</span>;
  return (
    <ul className="bf-policy__changes">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          {field}{' '}
          {before !== '—' && (
            <>
              <del aria-label={t('record.before')}>{before}</del>
              <span aria-hidden="true"> → </span>
            </>
          )}
          <ins aria-label={t('record.after')}>{after}</ins>
        </li>
      ))}
    </ul>
  );
}

/** A first version changes nothing, and lists no more than is said above it. */
const isFirst = ({ changes }: OfferedPolicyVersion) =>
  changes.length > 1 && changes.every(({ before }) => before === null);

/** The same in the list of versions: all figures of a first one are shown when they are asked for. */
export function FoldedChanges(props: ChangesProps) {
  const t = useUiText();
  if (!isFirst(props.version)) return <Changes {...props} />;
  return (
    <details>
      <summary>{t('policies.first', { count: props.version.changes.length })}</summary>
      <Changes {...props} />
    </details>
  );
}
