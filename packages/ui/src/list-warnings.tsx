import type { ListProblem } from '@bangfu/contracts/core/common';
import { Alert } from 'antd';
import { useUiText } from './lib/i18n.ts';

/** What of a brought list was not read or is doubtful: it holds nothing back. Nothing when there is none. */
export function ListWarnings({ warnings }: { readonly warnings: readonly ListProblem[] }) {
  const t = useUiText();
  if (warnings.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('import.listWarnings')}
      description={
        <ul>
          {warnings.map((warning) => (
            <li key={JSON.stringify(warning)}>
              {warning.sheet} {warning.row > 0 && t('import.listRow', { row: warning.row })} {warning.message}
            </li>
          ))}
        </ul>
      }
    />
  );
}
