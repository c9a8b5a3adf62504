import * as contract from '@bangfu/contracts/industry/declarations';
import { query } from '../../../operations.ts';
import { findSuperseded } from '../../notices/notice.repository.ts';
import { noticesWithSteps, stepsOf } from '../declaration-steps.ts';
import { getDeclaration as getRow, shownTo } from '../declaration.repository.ts';

/** One declaration with the notices the caller sees, and what they can do with it now. @throws Refusal 404 */
export const getDeclaration = query(contract.getDeclaration, async (call) => {
  const { read, caller, now, language } = call;
  const row = await getRow(read, caller, call.params.declarationId);
  const superseded = await findSuperseded(read, caller, row);
  return {
    ...(await shownTo(read, { caller, now, language }, row)),
    ...(await stepsOf(read, row, call)),
    notices: await noticesWithSteps(read, row, call),
    superseded,
    asOf: now.toISOString(),
  };
});
