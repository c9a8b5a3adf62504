import { type Refusal, refusalOf } from '../shared/errors.ts';
import type { IndustryPolicy } from './contract.ts';
import {
  type Actor,
  checkDeclaration,
  closeDeclaration,
  type Declaration,
  type DraftLines,
  discardDeclaration,
  type OpenEnds,
  redraftDeclaration,
  startPayment,
  submitDeclaration,
} from './declaration.ts';
import { NOTICE_STEPS, noticeRefusal, type NoticeStep } from './declaration-notice.ts';

/** What can be done with a declaration, in the order of its way, beside the notices of its villages. */
export const DECLARATION_STEPS = ['redraft', 'discard', 'submit', 'check', 'pay', 'close'] as const;
export type DeclarationStep = (typeof DECLARATION_STEPS)[number];

/** The steps a declaration can wait for. */
export const WAITING_STEPS = [...DECLARATION_STEPS, ...NOTICE_STEPS] as const;
export type WaitingStep = (typeof WAITING_STEPS)[number];

/** What the steps look at beside the declaration itself. */
export interface DeclarationFacts extends OpenEnds, DraftLines {
  /** Lines that a batch could take now. */
  readonly payable: number;
}

/**
 * Why a step would be refused to somebody now; null when it would succeed. It tries the step's own rule, so that what
 * a page offers and what the command accepts cannot differ.
 */
export function declarationRefusal(
  step: DeclarationStep,
  declaration: Declaration,
  facts: DeclarationFacts,
  { actor, now }: { readonly actor: Actor; readonly now: Date },
): Refusal | null {
  const rules: Record<DeclarationStep, () => unknown> = {
    redraft: () => redraftDeclaration(declaration, actor, facts),
    discard: () => discardDeclaration(declaration, actor, facts),
    submit: () => submitDeclaration(declaration, actor, facts, now),
    check: () => checkDeclaration(declaration, actor, { passed: true, villages: [] }),
    pay: () => startPayment(declaration, facts.payable),
    close: () => closeDeclaration(declaration, facts),
  };
  return refusalOf(rules[step]);
}

/** The step a declaration waits for; null when it is over. Open lines are paid before it is closed. */
export function nextStep(
  { status, villages }: Declaration,
  { payable, unsettled, corrections }: DeclarationFacts,
): WaitingStep | null {
  switch (status) {
    case 'drafted':
      return 'submit';
    case 'submitted':
      return 'check';
    case 'checked':
      return 'open-notice';
    case 'on-notice':
      return villages.every(({ notice }) => notice) ? 'close-notice' : 'open-notice';
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
const eligible = (step: WaitingStep, { entityId }: Declaration): Actor =>
  step === 'submit' ? { accountId: 'anyone', entityId } : { accountId: 'anyone' };

const isNoticeStep = (step: WaitingStep): step is NoticeStep => NOTICE_STEPS.some((each) => each === step);

/** What the notices of the villages still need; nothing when the step would succeed in one of them. */
function missingForNotices(step: NoticeStep, declaration: Declaration, policy: IndustryPolicy, now: Date): Refusal[] {
  const waiting = declaration.villages.filter(({ notice }) => (step === 'open-notice' ? !notice : !notice?.closedAt));
  const refusals = waiting.map(({ code }) => noticeRefusal(step, declaration, code, { policy, now }));
  if (refusals.includes(null)) return [];
  const byCode = new Map<string, Refusal>();
  for (const refusal of refusals) {
    const known = refusal && byCode.get(refusal.code);
    // Of the same refusal in several villages the one that ends first is told.
    if (refusal && !(known && Number(known.params['days']) <= Number(refusal.params['days']))) {
      byCode.set(refusal.code, refusal);
    }
  }
  return [...byCode.values()];
}

/** What the next step still needs, whoever takes it; empty only when it would succeed. */
export function missingForNext(
  declaration: Declaration,
  facts: DeclarationFacts,
  policy: IndustryPolicy,
  now: Date,
): Refusal[] {
  const step = nextStep(declaration, facts);
  if (step === null) return [];
  if (isNoticeStep(step)) return missingForNotices(step, declaration, policy, now);
  const refusals: Refusal[] = [];
  // Closing may lack several things at once: each is asked for without the ones found before.
  let open: DeclarationFacts = facts;
  for (;;) {
    const refusal = declarationRefusal(step, declaration, open, { actor: eligible(step, declaration), now });
    if (refusal === null) return refusals;
    refusals.push(refusal);
    if (refusal.code === 'DECLARATION_UNSETTLED') open = { ...open, unsettled: 0 };
    else if (refusal.code === 'DECLARATION_CORRECTIONS_OPEN') open = { ...open, corrections: 0 };
    else return refusals;
  }
}
