import { closeDeclaration, type Declaration } from '@bangfu/contracts/industry/declarations';
import { closeDeclaration as close } from '@bangfu/domain/industry/declaration';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '../../contracts/list-contracts/list-contracts.query.ts';
import { takeStep } from '../step.ts';

/**
 * Closes a declaration none of whose lines is open or with the bank.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_UNSETTLED
 */
export function settle(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  version: number,
): Promise<Declaration> {
  return takeStep(service, closeDeclaration, actor, { declarationId, version, reach: 'acts' }, (_sql, before, row) => ({
    after: close(before, row.unsettledLines),
    change: { paidLines: row.paidLines, paidFen: row.paidFen },
  }));
}
