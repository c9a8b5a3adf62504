import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { getClass } from '@bangfu/contracts/training/classes';
import { recordResults } from '@bangfu/contracts/training/enrolments';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty } from '@bangfu/ui/states';
import { App, InputNumber } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import type { Learner } from './learners.tsx';

/** Marks, entered for the whole class and saved at once. How satisfied participants are, they say themselves. */
export function Results(props: { readonly group: AnswerOf<typeof getClass>; readonly learners: readonly Learner[] }) {
  const { group, learners } = props;
  const closed = closedBy(group.steps, 'results');
  const t = useText<TextKey>();
  const refused = useRefused();
  const { message } = App.useApp();
  const [entered, setEntered] = useState<Readonly<Record<string, number | null>>>({});
  const save = useCommand(recordResults, {
    onDone: () => {
      setEntered({});
      void message.success(t('class.saved'));
    },
  });
  const markOf = (learner: Learner) => {
    const mark = entered[learner.id];
    return mark === undefined ? learner.mark : mark;
  };
  const changed = learners
    .filter((learner) => markOf(learner) !== learner.mark)
    .map((learner) => ({ enrolmentId: learner.id, version: learner.version, mark: markOf(learner) }));
  if (learners.length === 0) return <Empty title={t('class.noLearners')} small />;
  return (
    <>
      <InnerTable<Learner>
        rowKey="id"
        dataSource={[...learners]}
        columns={[
          { title: t('class.learner'), render: (_, r) => r.personName },
          {
            title: t('class.attended'),
            render: (_, r) => t('class.attendedOf', { attended: r.attended, held: r.held }),
          },
          {
            title: t('class.mark'),
            render: (_, r) => (
              <InputNumber
                aria-label={`${t('class.mark')} ${r.personName}`}
                min={0}
                max={100}
                precision={0}
                disabled={closedBy(r.steps, 'mark') !== null}
                value={markOf(r)}
                onChange={(value) => setEntered({ ...entered, [r.id]: value })}
              />
            ),
          },
        ]}
      />
      {isShown(group.steps, 'results') && (
        <ReasonedButton
          type="primary"
          style={{ marginTop: 16 }}
          loading={save.isPending}
          reason={closed ?? (changed.length === 0 ? t('class.noChanges') : null)}
          onClick={() => save.mutate({ params: { classId: group.id }, body: { results: changed } }, refused)}
        >
          {t('class.saveResults', { count: changed.length })}
        </ReasonedButton>
      )}
    </>
  );
}
