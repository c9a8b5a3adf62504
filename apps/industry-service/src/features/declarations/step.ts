import type { Operation } from '@bangfu/contracts/core/operation';
import type { Declaration as Shown } from '@bangfu/contracts/industry/declarations';
import type { Declaration } from '@bangfu/domain/industry/declaration';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../db/client.ts';
import type { Reach } from '../../db/scope.ts';
import type { Reader } from '@bangfu/platform/steps';
import {
  type DeclarationRow,
  demandVersion,
  getDeclaration,
  holdDeclaration,
  saveDeclaration,
  shown,
  type StepFacts,
  toDomain,
} from './declaration.repository.ts';

/** What one step decides: the state after it, facts to keep with it, and what the audit adds to the change of state. */
export interface Step {
  readonly after: Declaration;
  readonly facts?: StepFacts;
  readonly change?: object;
}

/**
 * Takes a declaration one step further: held, version checked, decided by the domain, stored, audited.
 * @throws Refusal 404, 409 and what the step refuses
 */
export function takeStep(
  service: Industry,
  op: Pick<Operation, 'id' | 'status' | 'audit'>,
  actor: Actor & Reader,
  target: {
    readonly declarationId: string;
    /** The version the caller saw; absent where the state of what is acted on says enough. */
    readonly version?: number;
    readonly reach: Reach;
    readonly input?: object;
  },
  decide: (sql: Sql, before: Declaration, row: DeclarationRow) => Promise<Step> | Step,
): Promise<Shown> {
  const { declarationId, version, reach } = target;
  const input = { declarationId, ...(version !== undefined && { version }), ...target.input };
  return runCommand(service.bulk, service.newId, op, actor, input, async (_tx, sql) => {
    const row = await holdDeclaration(sql, actor.caller, declarationId, reach);
    if (version !== undefined) demandVersion(row, version, actor);
    const step = await decide(sql, toDomain(row), row);
    await saveDeclaration(sql, row, step.after, step.facts);
    return {
      answer: shown(await getDeclaration(sql, actor.caller, declarationId), actor.now, actor.language),
      audit: [
        {
          action: op.audit ?? '',
          recordType: 'declaration',
          recordId: declarationId,
          change: {
            before: { status: row.status, revision: row.revision },
            after: { status: step.after.status, revision: step.after.revision, ...step.change },
          },
        },
      ],
    };
  });
}
