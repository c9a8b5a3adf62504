import type { ImportReport } from '@bangfu/contracts/identification/imports';
import { IDENTIFICATION_POLICIES, QUALITY_RULES } from '@bangfu/contracts/identification/policies';
import { ruleMessage } from '@bangfu/domain/identification/quality/message';
import { ALL_RULES } from '@bangfu/domain/identification/quality/run';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { InnerTable } from '@bangfu/ui/inner-table';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useLanguage, useText } from '@bangfu/ui/lib/i18n';
import { usePolicy } from '@bangfu/ui/lib/policy';
import type { TextKey } from '../texts.zh-CN.ts';

const RULES = new Map<string, (typeof ALL_RULES)[number]>(ALL_RULES.map((rule) => [rule.id, rule]));
const FATES = ['create', 'change', 'move', 'unchanged', 'heldBack'] as const;

/** What the report says beside its households: persons by what becomes of them, and the rules that are broken. */
export function ReportDetails({
  report,
  checkedOn,
}: {
  readonly report: ImportReport;
  /** The rules' texts name the figures of the policy of this day. */
  readonly checkedOn: BusinessDay;
}) {
  const t = useText<TextKey>();
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const { value: policy } = usePolicy(IDENTIFICATION_POLICIES, QUALITY_RULES, checkedOn);
  const textOf = (id: string) => {
    const rule = RULES.get(id);
    // Until the policy is there its figures are not known; the rule's id stands for it.
    return rule && policy ? ruleMessage(rule, policy, language) : id;
  };
  const persons = FATES.map((key) => `${t(`imports.persons.${key}`)} ${formatNumber(report.persons[key])}`);
  const broken = Object.entries(report.quality)
    .map(([id, count]) => ({ id, count, text: textOf(id) }))
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
