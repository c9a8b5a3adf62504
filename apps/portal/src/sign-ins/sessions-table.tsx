import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { listSessions } from '@bangfu/contracts/gateway/session';
import { InnerTable } from '@bangfu/ui/inner-table';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { Button } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { programOf } from './program.ts';

type SessionRow = AnswerOf<typeof listSessions>['rows'][number];

/** Says a program in words: a browser and its system, or what else it is. */
function useProgramWords(): (agent: string) => string {
  const t = useText<TextKey>();
  return (agent) => {
    const { browser, system } = programOf(agent);
    if (browser) return system ? t('signIns.on', { program: browser, system }) : browser;
    if (agent === '') return t('signIns.unknown');
    return t(/^(node|undici)/i.test(agent) ? 'signIns.program.command-line' : 'signIns.program.other');
  };
}

/** Sessions of one account, each with the way to end it. */
export function SessionsTable(props: {
  readonly rows: readonly SessionRow[];
  readonly ending: boolean;
  readonly onEnd: (row: SessionRow) => void;
}) {
  const t = useText<TextKey>();
  const program = useProgramWords();
  return (
    <InnerTable<SessionRow>
      rowKey="id"
      dataSource={props.rows}
      locale={{ emptyText: t('signIns.none') }}
      columns={[
        {
          title: t('signIns.program'),
          render: (_, row) => (
            <span title={row.agent}>
              {program(row.agent)}
              {row.isThis && <strong> · {t('signIns.this')}</strong>}
            </span>
          ),
        },
        { title: t('signIns.address'), dataIndex: 'address' },
        { title: t('signIns.begun'), render: (_, row) => formatMoment(row.begunAt) },
        { title: t('signIns.used'), render: (_, row) => formatMoment(row.usedAt) },
        { title: t('signIns.ends'), render: (_, row) => formatMoment(row.endsAt) },
        {
          title: '',
          render: (_, row) =>
            !row.isThis && (
              <Button
                size="small"
                disabled={props.ending}
                aria-label={t('signIns.endOf', { program: program(row.agent), at: formatMoment(row.begunAt) })}
                onClick={() => props.onEnd(row)}
              >
                {t('signIns.end')}
              </Button>
            ),
        },
      ]}
    />
  );
}
