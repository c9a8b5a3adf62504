import type { ImportReport } from '@bangfu/contracts/identification/imports';
import { ALL_RULES } from '@bangfu/domain/identification/quality/run';
import { InnerTable } from '@bangfu/ui/inner-table';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useLanguage, useText } from '@bangfu/ui/lib/i18n';
import type { TextKey } from '../texts.zh-CN.ts';

const RULES = new Map<string, (typeof ALL_RULES)[number]['message']>(ALL_RULES.map(({ id, message }) => [id, message]));
const FATES = ['create', 'change', 'move', 'unchanged', 'heldBack'] as const;

/** What the report says beside its households: persons by what becomes of them, and the rules that are broken. */
export function ReportDetails({ report }: { readonly report: ImportReport }) {
  const t = useText<TextKey>();
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const persons = FATES.map((key) => `${t(`imports.persons.${key}`)} ${formatNumber(report.persons[key])}`);
  const broken = Object.entries(report.quality)
    .map(([id, count]) => ({ id, count, text: RULES.get(id)?.[language] ?? id }))
    .sort((a, b) => b.count - a.count);
  return (
    <>
      <p className="bf-import__hint">
        {t('imports.persons')} {persons.join(' · ')}
      </p>
      {broken.length > 0 && (
        <details className="bf-bundle">
          <summary>
            <span className="bf-bundle__title">{t('imports.quality', { rules: formatNumber(broken.length) })}</span>
          </summary>
          <InnerTable
            rowKey="id"
            dataSource={broken}
            columns={[
              { key: 'id', title: t('imports.rule'), dataIndex: 'id', width: 110 },
              { key: 'text', title: t('imports.ruleText'), dataIndex: 'text' },
              {
                key: 'count',
                title: t('imports.ruleCount'),
                dataIndex: 'count',
                align: 'right',
                width: 90,
                render: (count: number) => formatNumber(count),
              },
            ]}
          />
        </details>
      )}
    </>
  );
}
