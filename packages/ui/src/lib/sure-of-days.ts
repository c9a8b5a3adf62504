import type { Operation } from '@bangfu/contracts/core/operation';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { defOf, fieldsOf } from '@bangfu/contracts/core/strict';
import { App } from 'antd';
import { uiText } from './i18n.ts';

interface Sent {
  readonly body?: unknown;
}

/** Whether an act was held back only to ask about an unusual day, and takes the word that it is meant. */
function isAsked(op: Operation, { body }: Sent, error: unknown): error is ProblemError {
  const takesWord = op.body && defOf(op.body).type === 'object' && 'sureOfDays' in fieldsOf(defOf(op.body));
  const said = typeof body === 'object' && body !== null && 'sureOfDays' in body && body.sureOfDays === true;
  return Boolean(takesWord) && !said && error instanceof ProblemError && error.problem.code === 'DAY_UNUSUAL';
}

/**
 * Sends an act; where its service asks whether an unusual day is meant, the person is asked, and the same act goes again
 * with the answer. Whoever says no keeps the form as it is, with the question beside it.
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
