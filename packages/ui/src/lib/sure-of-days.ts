import type { Operation } from '@bangfu/contracts/core/operation';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { defOf, fieldsOf } from '@bangfu/contracts/core/strict';
import { App } from 'antd';
import { uiText } from './i18n.ts';

interface Sent {
  readonly body?: unknown;
}

/** Whether an act was refused only because of an unusual day, and can be sent again with a confirmation. */
function isAsked(op: Operation, { body }: Sent, error: unknown): error is ProblemError {
  const takesWord = op.body && defOf(op.body).type === 'object' && 'sureOfDays' in fieldsOf(defOf(op.body));
  const said = typeof body === 'object' && body !== null && 'sureOfDays' in body && body.sureOfDays === true;
  return Boolean(takesWord) && !said && error instanceof ProblemError && error.problem.code === 'DAY_UNUSUAL';
}

/**
 * Sends an act. When its service asks whether an unusual day is meant, a dialog asks the person and the act is sent again
 * with the confirmation. On cancel the form stays and shows the question.
 */
export function useSureOfDays() {
  const { modal } = App.useApp();
  return async <I extends Sent, T>(op: Operation, input: I, send: (input: I) => Promise<T>): Promise<T> => {
    try {
      return await send(input);
    } catch (error) {
      if (!isAsked(op, input, error)) throw error;
      const isSure = await new Promise<boolean>((answer) => {
        modal.confirm({
          title: uiText('sure.title'),
          content: error.problem.title,
          okText: uiText('sure.yes'),
          cancelText: uiText('sure.no'),
          onOk: () => answer(true),
          onCancel: () => answer(false),
        });
      });
      if (!isSure) throw error;
      return send({ ...input, body: { ...(input.body as object), sureOfDays: true } });
    }
  };
}
