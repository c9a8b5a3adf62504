import * as contract from '@bangfu/contracts/identification/imports';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { householdRecorded, householdWithdrawn } from '@bangfu/events/catalog/identification';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import type { PoolClient } from '@bangfu/data/pool';
import { command } from '../../../operations.ts';
import { judgeHouseholds } from '../../quality/keep-breaches.ts';
import { getVisible } from '../import.repository.ts';
import { waitForImports } from '../../../register/import-turn.ts';
import { keepHistory, restoreHistory } from '../../../register/history.ts';
import { recordedEvents } from '../../../register/recorded-events.ts';
import { lockTouched, refuseOutside, refuseWhenBuiltOn } from './touched.ts';

/**
 * Takes an import back: households it brought go, households it changed stand as they stood. The earlier states stay
 * in the history, and the others hear of it by events (architecture, decision 10).
 * @throws DomainError IMPORT_BUILT_ON saying what stands on it; IMPORT_NOT_COMMITTED, IMPORT_UNDO_OUTSIDE,
 *   IMPORT_OTHER_RUNNING
 */
export const undoImport = command(
  contract.undoImport,
  async ({ params: { importId }, tx, caller, now, audit, kit }) => {
    const { client } = tx;
    const sql = pgSql(client);
    const { fileName } = await getVisible(tx.sql, importId, caller);
    await waitForImports(client);
    const { numUpdatedRows } = await tx.sql
      .updateTable('roster_import')
      .set((eb) => ({ state: 'undone', undone_at: now, version: eb('version', '+', 1) }))
      .where('id', '=', importId)
      .where('state', '=', 'committed')
      .executeTakeFirst();
    demand(numUpdatedRows === 1n, 'IMPORT_NOT_COMMITTED');
    await lockTouched(client, importId);
    await refuseOutside(client, regionPrefixes(caller));
    await refuseWhenBuiltOn(client);
    await keepHistory(client, 'h.id IN (SELECT id FROM touched)', [], { at: now, importId });
    const withdrawn = await withdrawBrought(client, sql, importId, now);
    const restored = await restoreChanged(client, sql, now);
    await judgeHouseholds(client, kit.cipher, caller.countyCode, businessDayOf(now), `h.id IN ${CHANGED}`, []);
    audit.entry('import', importId, { file: fileName, withdrawn, restored });
    return { undone: true as const };
  },
  { isLong: true },
);

const BROUGHT = '(SELECT id FROM touched WHERE brought)';
const CHANGED = '(SELECT id FROM touched WHERE NOT brought)';

/**
 * The households the import brought, and whom it brought into others, leave the register; their files are kept and
 * their ids are theirs when they come back.
 */
async function withdrawBrought(client: PoolClient, sql: Sql, importId: string, now: Date): Promise<number> {
  const at = now.toISOString();
  await client.query(
    `INSERT INTO withdrawn_household (id, county_code, number, version, withdrawn_by, withdrawn_at)
     SELECT id, county_code, number, version, $1::uuid, $2::timestamptz FROM household WHERE id IN ${BROUGHT}`,
    [importId, at],
  );
  await client.query(
    `INSERT INTO withdrawn_person (id, county_code, household_id, id_index, withdrawn_at)
     SELECT p.id, p.county_code, p.household_id, p.id_index, $1::timestamptz
     FROM person p WHERE p.household_id IN (SELECT id FROM touched) AND NOT EXISTS (
       SELECT 1 FROM touched t JOIN person_history m ON m.household_id = t.id AND m.household_version = t.before
       WHERE NOT t.brought AND m.id = p.id)
     ON CONFLICT (county_code, id_index) DO UPDATE
       SET id = excluded.id, household_id = excluded.household_id, withdrawn_at = excluded.withdrawn_at`,
    [at],
  );
  const count = await appendEventsFromQuery(
    sql,
    householdWithdrawn,
    `SELECT h.id AS key, h.county_code, jsonb_build_object('householdId', h.id, 'number', h.number,
       'reason', 'import-undone') AS data FROM household h WHERE h.id IN ${BROUGHT}`,
    [],
    now,
  );
  await client.query(`DELETE FROM quality_breach WHERE household_id IN ${BROUGHT}`);
  // A person who moved into a new household from a changed one is put back with that one below.
  await client.query(`DELETE FROM person WHERE household_id IN ${BROUGHT}`);
  await client.query(`DELETE FROM household WHERE id IN ${BROUGHT}`);
  return count;
}

async function restoreChanged(client: PoolClient, sql: Sql, now: Date): Promise<number> {
  await restoreHistory(client, 'SELECT id, before AS version FROM touched WHERE NOT brought', now);
  return appendEventsFromQuery(sql, householdRecorded, recordedEvents(`h.id IN ${CHANGED}`), [], now);
}
