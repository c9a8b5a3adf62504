import { demand, type Refusal, refusalOf } from '../shared/errors.ts';
import type { IndustryPolicy } from './contract.ts';
import {
  type Actor,
  answerObjection,
  checkDeclaration,
  closeDeclaration,
  closeNotice,
  type Declaration,
  type DraftLines,
  discardDeclaration,
  openNotice,
  type OpenEnds,
  redraftDeclaration,
  startPayment,
  submitDeclaration,
} from './declaration.ts';

/** What can be done with a declaration, in the order of its way. */
export const DECLARATION_STEPS = [
  'redraft',
  'discard',
  'submit',
  'check',
  'open-notice',
  'answer-objection',
  'close-notice',
  'pay',
  'close',
] as const;
export type DeclarationStep = (typeof DECLARATION_STEPS)[number];

/** What the steps look at beside the declaration itself. */
export interface DeclarationFacts extends OpenEnds, DraftLines {
  /** Lines that a batch could take now. */
  readonly payable: number;
}

/** Answers the first objection that waits. @throws DomainError DECLARATION_STATUS, OBJECTION_NONE */
function answerWaiting(declaration: Declaration, now: Date): Declaration {
  const waiting = declaration.notice?.objections.find(({ answeredAt }) => answeredAt === undefined);
  demand(declaration.status !== 'on-notice' || waiting, 'OBJECTION_NONE');
  return answerObjection(declaration, waiting?.id ?? '', { upheld: false, text: '-' }, now);
}

/**
 * Why a step would be refused to somebody now; null when it would succeed. It tries the step's own rule, so that what
 * a page offers and what the command accepts cannot differ.
 */
export function declarationRefusal(
  step: DeclarationStep,
  declaration: Declaration,
  facts: DeclarationFacts,
  { actor, policy, now }: { readonly actor: Actor; readonly policy: IndustryPolicy; readonly now: Date },
): Refusal | null {
  const rules: Record<DeclarationStep, () => unknown> = {
    redraft: () => redraftDeclaration(declaration, actor, facts),
    discard: () => discardDeclaration(declaration, actor, facts),
    submit: () => submitDeclaration(declaration, actor, facts, now),
    check: () => checkDeclaration(declaration, actor, { passed: true }),
    'open-notice': () => openNotice(declaration, policy, now),
    'answer-objection': () => answerWaiting(declaration, now),
    'close-notice': () => closeNotice(declaration, now),
    pay: () => startPayment(declaration, facts.payable),
    close: () => closeDeclaration(declaration, facts),
  };
  return refusalOf(rules[step]);
}

/** The step a declaration waits for; null when it is over. Open lines are paid before it is closed. */
export function nextStep(
  { status }: Declaration,
  { payable, unsettled, corrections }: DeclarationFacts,
): DeclarationStep | null {
  switch (status) {
    case 'drafted':
      return 'submit';
    case 'submitted':
      return 'check';
    case 'checked':
      return 'open-notice';
    case 'on-notice':
      return 'close-notice';
    case 'noticed':
      return unsettled + corrections > 0 ? 'pay' : 'close';
    case 'in-payment':
      return payable > 0 ? 'pay' : 'close';
    case 'closed':
    case 'discarded':
      return null;
    default:
      return status satisfies never;
  }
}

/** Somebody who may take any step: the entity for its own acts, another person for the rest. */
const eligible = (step: DeclarationStep, { entityId }: Declaration): Actor =>
  step === 'submit' ? { accountId: 'anyone', entityId } : { accountId: 'anyone' };

/** What the next step still needs, whoever takes it; empty only when it would succeed. */
export function missingForNext(
  declaration: Declaration,
  facts: DeclarationFacts,
  policy: IndustryPolicy,
  now: Date,
): Refusal[] {
  const step = nextStep(declaration, facts);
  if (step === null) return [];
  const refusals: Refusal[] = [];
  // Closing may lack several things at once: each is asked for without the ones found before.
  let open: DeclarationFacts = facts;
  for (;;) {
    const refusal = declarationRefusal(step, declaration, open, { actor: eligible(step, declaration), policy, now });
    if (refusal === null) return refusals;
    refusals.push(refusal);
    if (refusal.code === 'DECLARATION_UNSETTLED') open = { ...open, unsettled: 0 };
    else if (refusal.code === 'DECLARATION_CORRECTIONS_OPEN') open = { ...open, corrections: 0 };
    else return refusals;
  }
}
