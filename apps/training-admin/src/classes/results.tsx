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

interface Result {
  readonly mark: number | null;
  readonly satisfaction: number | null;
}

/** Marks and satisfaction, entered for the whole class and saved at once. */
export function Results(props: { readonly group: AnswerOf<typeof getClass>; readonly learners: readonly Learner[] }) {
  const { group, learners } = props;
  const closed = closedBy(group.steps, 'results');
  const t = useText<TextKey>();
  const refused = useRefused();
  const { message } = App.useApp();
  const [entered, setEntered] = useState<Readonly<Record<string, Result>>>({});
  const save = useCommand(recordResults, {
    onDone: () => {
      setEntered({});
      void message.success(t('class.saved'));
    },
  });
  const resultOf = (learner: Learner): Result => entered[learner.id] ?? learner;
  const enter = (learner: Learner, part: Partial<Result>) => {
    const { mark, satisfaction } = resultOf(learner);
    setEntered({ ...entered, [learner.id]: { mark, satisfaction, ...part } });
  };
  const changed = learners.flatMap((learner) => {
    const result = entered[learner.id];
    const differs = result && (result.mark !== learner.mark || result.satisfaction !== learner.satisfaction);
    return differs ? [{ enrolmentId: learner.id, version: learner.version, ...result }] : [];
  });
  if (learners.length === 0) return <Empty title={t('class.noLearners')} small />;
  const field = (learner: Learner, key: keyof Result, max: number, min: number) => (
    <InputNumber
      aria-label={`${t(key === 'mark' ? 'class.mark' : 'class.satisfaction')} ${learner.personName}`}
      min={min}
      max={max}
      precision={0}
      disabled={(key === 'mark' ? closedBy(learner.steps, 'mark') : closed) !== null}
      value={resultOf(learner)[key]}
      onChange={(value) => enter(learner, { [key]: value })}
    />
  );
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
          { title: t('class.mark'), render: (_, r) => field(r, 'mark', 100, 0) },
          { title: t('class.satisfaction'), render: (_, r) => field(r, 'satisfaction', 5, 1) },
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
