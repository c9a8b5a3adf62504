import type { Objection } from '@bangfu/contracts/identification/cases';
import { answerObjection } from '@bangfu/contracts/identification/notices';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { Form, Radio } from 'antd';
import { ActForm, WordsItem } from '../cases/act-form.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

/** An objection with the version of its case, and why the person may not answer it. */
type Row = Objection & { readonly caseVersion: number; readonly answerRefusal: string | null };

interface ObjectionsProps {
  readonly objections: readonly Row[];
}

/** Objections with their written answers; one that waits carries the form that answers it. */
export function Objections({ objections }: ObjectionsProps) {
  const t = useText<TextKey>();
  return (
    <ol className="bf-timeline">
      {objections.map((row) => (
        <li key={row.id}>
          <time dateTime={row.filedAt}>{formatMoment(row.filedAt)}</time>
          <div>
            <p className="bf-timeline__what">
              <strong>{row.headName}</strong>
              <span>
                {t('objection.from')}：{row.name ?? t('objection.nameless')} {row.phoneMasked}
              </span>
            </p>
            <p>{row.content}</p>
            {row.supporters > 0 && <p>{t('objection.supporters', { count: row.supporters })}</p>}
            {row.outcome ? (
              <p className="bf-timeline__why">
                {t(`objection.${row.outcome}`)}：{row.answer}（{row.answeredBy}{' '}
                {formatMoment(row.answeredAt ?? row.filedAt)}）
              </p>
            ) : (
              <AnswerForm
                row={row}
                isLast={objections.every((each) => each === row || each.caseId !== row.caseId || each.outcome)}
              />
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

interface AnswerFormProps {
  readonly row: Row;
  /** Whether it is the last of its case; while others wait it cannot be upheld, which would take the case away. */
  readonly isLast: boolean;
}

function AnswerForm({ row, isLast }: AnswerFormProps) {
  const t = useText<TextKey>();
  const command = useCommand(answerObjection);
  type Values = { outcome: 'upheld' | 'dismissed'; answer: string };
  return (
    <ActForm<Values>
      draft={`objection.${row.id}`}
      button={t('objection.submit')}
      refusal={row.answerRefusal}
      running={command}
      onSubmit={(values, done) =>
        command.mutate({ params: { objectionId: row.id }, body: { ...values, version: row.caseVersion } }, done)
      }
    >
      <Form.Item
        name="outcome"
        label={t('objection.outcome')}
        extra={isLast ? undefined : t('objection.othersFirst')}
        rules={[{ required: true, message: t('form.required', { label: t('objection.outcome') }) }]}
      >
        <Radio.Group
          options={(['dismissed', 'upheld'] as const).map((value) => ({
            value,
            label: t(`objection.${value}`),
            disabled: value === 'upheld' && !isLast,
          }))}
        />
      </Form.Item>
      <WordsItem name="answer" label={t('objection.answer')} most={1000} rows={3} />
    </ActForm>
  );
}
