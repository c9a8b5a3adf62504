import type { ListProblem } from '@bangfu/contracts/core/common';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useText } from '@bangfu/ui/lib/i18n';
import type { TextKey } from './texts.zh-CN.ts';

/** What is wrong with a brought list, row by row. */
export function ListProblems({ problems }: { readonly problems: readonly ListProblem[] }) {
  const t = useText<TextKey>();
  // A text file has no sheets to tell apart.
  const sheets = problems.some(({ sheet }) => sheet !== '')
    ? [{ title: t('problem.sheet'), dataIndex: 'sheet', width: 120 }]
    : [];
  return (
    <InnerTable<ListProblem>
      rowKey={(problem) => JSON.stringify(problem)}
      dataSource={[...problems]}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      columns={[
        ...sheets,
        { title: t('problem.row'), dataIndex: 'row', width: 70 },
        { title: t('problem.column'), dataIndex: 'column', width: 140 },
        { title: t('problem.value'), dataIndex: 'value', width: 200 },
        { title: t('problem.message'), dataIndex: 'message' },
      ]}
    />
  );
}
