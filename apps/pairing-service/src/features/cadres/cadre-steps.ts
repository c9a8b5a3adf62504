import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/cadres';
import { type CadreStep, cadreRefusal } from '@bangfu/domain/pairing/cadre-steps';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { type Reader, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import type { Pairing } from '../../db/client.ts';
import { UNIT_PARAMS, unitVisible, visibleTo } from '../../db/visible.ts';
import { STEP_WORDS } from '../../steps.ts';
import { findCadres } from './lists/list-cadres.query.ts';
import { findUnits } from './lists/list-units.query.ts';
import { keepsSeat, keepsUnit } from './unit.repository.ts';

const COMMANDS: Record<CadreStep, StepCommand> = { change: contract.changeCadre, reveal: contract.revealCadrePhone };

/** One page of cadres, each with what the reader may do with them now. */
export async function listOpenCadres(
  service: Pairing,
  reader: Reader,
  query: QueryOf<typeof contract.listCadres>,
): Promise<AnswerInputOf<typeof contract.listCadres>> {
  const { caller, now } = reader;
  const page = await findCadres(service, caller, query, now);
  const sql = pgSql(readsOf(service, caller));
  const units = [...new Set(page.rows.map(({ unitId }) => unitId))];
  const offered = await stepsWithin(reader, STEP_WORDS, COMMANDS, async (as, step) => {
    const seen = await findSeats(sql, as, units, { visible: step === 'reveal', today: businessDayOf(now) });
    return new Set(seen.filter((unit) => step === 'reveal' || keepsUnit(as, unit)).map(({ id }) => id));
  });
  return {
    ...page,
    rows: page.rows.map((row) => ({
      ...row,
      steps: offered(row.unitId, (step) => cadreRefusal(step, { hasPhone: row.phoneMasked !== null })),
    })),
  };
}

/** One page of helping units, each with what the reader may do with it now. */
export async function listOpenUnits(
  service: Pairing,
  reader: Reader,
  query: QueryOf<typeof contract.listHelpingUnits>,
): Promise<AnswerInputOf<typeof contract.listHelpingUnits>> {
  const page = await findUnits(service, reader.caller, query, reader.now);
  const offered = await stepsWithin(
    reader,
    STEP_WORDS,
    { change: contract.changeHelpingUnit },
    async (as) => new Set(page.rows.filter(({ seatCode }) => keepsSeat(as, seatCode)).map(({ id }) => id)),
  );
  return { ...page, rows: page.rows.map((row) => ({ ...row, steps: offered(row.id, () => null) })) };
}

/** Where units are administered; `visible` leaves out what a caller does not see. */
function findSeats(
  sql: Sql,
  caller: Caller,
  ids: readonly string[],
  { visible, today }: { readonly visible: boolean; readonly today: BusinessDay },
): Promise<{ id: string; seatCode: string }[]> {
  return sql.query(
    `SELECT u.id::text AS id, u.seat_code AS "seatCode" FROM unit u
     WHERE u.id = ANY ($5::text[]::uuid[]) AND (NOT $6::boolean OR ${unitVisible(1)})`,
    [...visibleTo(caller, today).slice(0, UNIT_PARAMS), [...ids], visible],
  );
}
