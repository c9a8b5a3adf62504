import { problemOf } from '@bangfu/ui/lib/data';
import { useDraft } from '@bangfu/ui/lib/draft';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

interface ActFormProps<Values> {
  /** Names the draft: the case and its step. */
  readonly draft: string;
  readonly initial?: Partial<Values>;
  readonly button: string;
  /** Why it cannot be done now by this person. */
  readonly refusal: string | null;
  readonly running: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown };
  readonly onSubmit: (values: Values, done: { onSuccess: () => void }) => void;
  readonly children: ReactNode;
}

/** The form of one act: its fields in the paper's order, its one button, and what the platform refused. */
export function ActForm<Values extends object>(props: ActFormProps<Values>) {
  const { draft, initial, button, refusal, running, onSubmit, children } = props;
  const kept = useDraft<Values>(draft);
  return (
    <Form<Values>
      layout="vertical"
      scrollToFirstError
      initialValues={{ ...initial, ...kept.initial }}
      onValuesChange={(_, values) => kept.keep(values)}
      onFinish={(values) => onSubmit(values, { onSuccess: kept.drop })}
      style={{ maxWidth: 720 }}
    >
      {running.isError && <ProblemPanel problem={problemOf(running.error)} />}
      {children}
      <ReasonedButton type="primary" htmlType="submit" reason={refusal} loading={running.isPending}>
        {button}
      </ReasonedButton>
    </Form>
  );
}

interface WordsItemProps {
  readonly name: string | readonly (string | number)[];
  readonly label: string;
  readonly most: number;
  readonly rows?: number;
  readonly required?: boolean;
}

/** A field of words: one line, or several. */
export function WordsItem({ name, label, most, rows, required = true }: WordsItemProps) {
  const t = useText<TextKey>();
  const rules = required ? [{ required, whitespace: true, message: t('form.required', { label }) }] : [];
  return (
    <Form.Item name={typeof name === 'string' ? name : [...name]} label={label} rules={rules}>
      {rows ? <Input.TextArea rows={rows} maxLength={most} /> : <Input maxLength={most} />}
    </Form.Item>
  );
}
