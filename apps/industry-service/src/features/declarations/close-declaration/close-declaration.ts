import * as contract from '@bangfu/contracts/industry/declarations';
import { closeDeclaration as close } from '@bangfu/domain/industry/declaration';
import { command } from '../../../operations.ts';
import { takeStep } from '../step.ts';

/**
 * Closes a declaration of which nothing is open any more: no line, no correction, no difference a household tells of.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_UNSETTLED, DECLARATION_CORRECTIONS_OPEN,
 * DECLARATION_DIFFERS
 */
export const closeDeclaration = command(contract.closeDeclaration, (call) =>
  takeStep(call, { version: call.body.version, reach: 'acts' }, (before, row) => ({
    after: close(before, {
      unsettled: row.unsettledLines,
      corrections: row.openCorrections,
      differing: row.differingLines,
    }),
    change: { paidLines: row.paidLines, paidFen: row.paidFen },
  })),
);
