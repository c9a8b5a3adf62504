import * as contract from '@bangfu/contracts/pairing/cadres';
import { conflict } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { demandUnit, getKeptUnit, unitColumns } from '../unit.repository.ts';

/** Changes a unit. @throws as `createHelpingUnit`; Refusal 409 when it was changed meanwhile */
export const changeHelpingUnit = command(contract.changeHelpingUnit, async ({ params, body, tx, caller, audit }) => {
  const before = await getKeptUnit(tx.sql, params.unitId, caller);
  const { version, ...content } = body;
  await demandUnit(tx, caller, content, before.id);
  const { numUpdatedRows } = await tx.sql
    .updateTable('unit')
    .set({ ...unitColumns(content), version: version + 1 })
    .where('id', '=', before.id)
    .where('version', '=', version)
    .executeTakeFirst();
  const { name, seatCode, villageCodes } = before;
  if (numUpdatedRows === 0n) throw conflict({ name, seatCode, villageCodes, version: before.version });
  audit.change('unit', before.id, { name, seatCode, villageCodes }, content);
  return { version: version + 1 };
});
