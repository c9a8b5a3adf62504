import type { Declaration as Shown } from '@bangfu/contracts/industry/declarations';
import type { Operation } from '@bangfu/contracts/core/operation';
import type { Declaration } from '@bangfu/domain/industry/declaration';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import type { Reach } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import {
  type DeclarationRow,
  demandVersion,
  getDeclaration,
  holdDeclaration,
  saveDeclaration,
  shownTo,
  type StepFacts,
  toDomain,
} from './declaration.repository.ts';

/** What one step decides: the state after it, facts to keep with it, and what the audit adds to the change of state. */
export interface Step {
  readonly after: Declaration;
  readonly facts?: StepFacts;
  readonly change?: object;
}

/** What a command of one declaration is called with. */
type StepCall = Pick<CommandCall<Operation, Tables>, 'tx' | 'caller' | 'now' | 'language' | 'audit'> & {
  readonly params: { readonly declarationId: string };
};

/**
 * Takes a declaration one step further: held, version checked, decided by the domain, stored, audited.
 * @throws Refusal 404, 409 and what the step refuses
 */
export async function takeStep(
  { tx, caller, now, language, audit, params: { declarationId } }: StepCall,
  target: {
    /** The version the caller saw; absent where the state of what is acted on says enough. */
    readonly version?: number;
    readonly reach: Reach;
  },
  decide: (before: Declaration, row: DeclarationRow) => Promise<Step> | Step,
): Promise<Shown> {
  const row = await holdDeclaration(tx, caller, declarationId, target.reach);
  if (target.version !== undefined) await demandVersion(tx.sql, row, target.version, { caller, now, language });
  const { after, facts, change } = await decide(toDomain(row), row);
  await saveDeclaration(tx, row, after, facts);
  const { status, revision } = after;
  const before = { status: row.status, revision: row.revision };
  audit.change('declaration', declarationId, before, { status, revision, ...change });
  return shownTo(tx.sql, { caller, now, language }, await getDeclaration(tx.sql, caller, declarationId));
}
