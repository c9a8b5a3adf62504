import type { Operation } from '@bangfu/contracts/core/operation';
import type { OfferedStep } from '@bangfu/contracts/core/steps';
import type { Refusal } from '@bangfu/domain/shared/errors';
import { type Caller, usableGrants } from './auth/caller.ts';
import { KIT_MESSAGES, type Messages, render } from './http/messages.ts';

/** How a reader is answered: by what they may see, their language and the day. */
export interface Reader {
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
}

/** The command behind a step. */
export type StepCommand = Pick<Operation, 'access' | 'owner'>;

/** The reader as they would call another operation: with the grants that open it now. */
export const callingAs = ({ caller, now }: Pick<Reader, 'caller' | 'now'>, { access, owner }: StepCommand): Caller => ({
  ...caller,
  usable: usableGrants(caller, access, owner, now),
});

/** Why an operation is closed to a caller whatever the record: no grant opens it; null when one does. */
export const grantRefusal = ({ usable }: Caller): Refusal | null =>
  usable.length === 0 ? { code: 'STEP_NOT_YOURS', params: {} } : null;

/** The words for refusals shown beside others, of a service's messages and the kit's. */
export function stepWords(own: Messages) {
  const messages = { ...KIT_MESSAGES, ...own };
  /** A refusal as an answer shows it beside the step it closes. */
  const toReason = ({ code, params }: Refusal, language: 'zh' | 'en') => ({
    code,
    message: render(messages, code, params, language),
  });
  /** Whether an act is open to the reader, and why not. */
  const toOffer = (refusal: Refusal | null, language: 'zh' | 'en') => ({
    open: refusal === null,
    reason: refusal && toReason(refusal, language),
  });
  const toStep = <Step extends string>(
    step: Step,
    refusal: Refusal | null,
    language: 'zh' | 'en',
  ): OfferedStep<Step> => ({ step, ...toOffer(refusal, language) });
  return { toReason, toOffer, toStep };
}

/**
 * Tries the steps of records for a reader: closed to who has no grant for the command, then beyond the records that
 * lie within the scope of these grants, then by the command's own rule. The scopes are asked once for all records.
 * @param within the ids of the records that a caller of the step reaches
 * @returns the steps of one record, by its id and rule
 */
export async function stepsWithin<Step extends string>(
  reader: Reader,
  { toStep }: ReturnType<typeof stepWords>,
  commands: Readonly<Record<Step, StepCommand>>,
  within: (as: Caller, step: Step) => Promise<ReadonlySet<string>>,
): Promise<(id: string, rule: (step: Step) => Refusal | null) => OfferedStep<Step>[]> {
  const reaches: { step: Step; closed: Refusal | null; ids: ReadonlySet<string> }[] = [];
  for (const step of Object.keys(commands) as Step[]) {
    const as = callingAs(reader, commands[step]);
    const closed = grantRefusal(as);
    reaches.push({ step, closed, ids: closed ? new Set() : await within(as, step) });
  }
  return (id, rule) =>
    reaches.map(({ step, closed, ids }) => {
      const far = ids.has(id) ? null : { code: 'STEP_ELSEWHERE', params: {} };
      return toStep(step, closed ?? far ?? rule(step), reader.language);
    });
}
