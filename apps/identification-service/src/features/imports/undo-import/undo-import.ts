import { undoImport } from '@bangfu/contracts/identification/imports';
import { DomainError, demand } from '@bangfu/domain/shared/errors';
import { householdRecorded, householdWithdrawn } from '@bangfu/events/catalog/identification';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import { pgSql, type Sql } from '@bangfu/events/sql';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { inTransaction, type PoolClient } from '@bangfu/service-kit/db/pool';
import type { Identification } from '../../../db/client.ts';
import { getVisible } from '../import.repository.ts';
import { keepVersions, recordedEvents } from '../roster/apply.ts';

/** What may stand on an import's households; each query counts it. Features that build on households add theirs. */
const BUILT_ON: readonly { readonly what: string; readonly count: string }[] = [
  {
    what: '之后的修改',
    count: `SELECT count(*) AS n FROM household_version v JOIN household h ON h.id = v.household_id
            WHERE v.replaced_by = $1::uuid AND (h.import_id IS DISTINCT FROM $1::uuid OR h.version <> v.version + 1)`,
  },
  {
    what: '之后修改过的新增农户',
    count: `SELECT count(*) AS n FROM household_version v WHERE v.household->>'import_id' = $1::uuid::text
              AND v.replaced_by IS DISTINCT FROM $1::uuid`,
  },
  {
    what: '识别退出案卷',
    count: `SELECT count(*) AS n FROM case_file c JOIN household h ON h.id = c.household_id WHERE h.import_id = $1::uuid`,
  },
];

/**
 * Takes an import back: households it brought go, households it changed stand as they stood. The earlier states stay
 * in the history, and the others hear of it by events (architecture, decision 10).
 * @throws DomainError IMPORT_BUILT_ON saying what stands on it; IMPORT_NOT_COMMITTED
 */
export async function takeBackImport(
  service: Identification,
  actor: Actor,
  importId: string,
): Promise<{ undone: true }> {
  const open = <T>(work: (client: PoolClient, sql: Sql) => Promise<T>) =>
    inTransaction(service.pool, (client) => work(client, pgSql(client)));
  return runCommand(open, service.newId, undoImport, actor, { importId }, async (client, sql) => {
    const row = await getVisible(service.prisma, importId, actor.caller);
    const { rowCount } = await client.query(
      `UPDATE roster_import SET state = 'undone', undone_at = $2::timestamptz, version = version + 1
       WHERE id = $1::uuid AND state = 'committed'`,
      [importId, actor.now.toISOString()],
    );
    demand(rowCount === 1, 'IMPORT_NOT_COMMITTED');
    await refuseWhenBuiltOn(client, importId);
    const withdrawn = await withdrawCreated(client, sql, importId, actor.now);
    const restored = await restoreChanged(client, sql, importId, actor.now);
    return {
      answer: { undone: true as const },
      audit: [
        {
          action: undoImport.audit ?? '',
          recordType: 'import',
          recordId: importId,
          change: { file: row.fileName, withdrawn, restored },
        },
      ],
    };
  });
}

async function refuseWhenBuiltOn(client: PoolClient, importId: string): Promise<void> {
  for (const { what, count } of BUILT_ON) {
    const { rows } = await client.query<{ n: number }>(count, [importId]);
    const n = rows[0]?.n ?? 0;
    if (n > 0) throw new DomainError('IMPORT_BUILT_ON', { what, households: n });
  }
}

/** The households the import created: brought by it, and nothing of theirs is older. */
const CREATED = `(SELECT h.id FROM household h WHERE h.import_id = $1::uuid
  AND NOT EXISTS (SELECT 1 FROM household_version v WHERE v.household_id = h.id))`;

async function withdrawCreated(client: PoolClient, sql: Sql, importId: string, now: Date): Promise<number> {
  const count = await appendEventsFromQuery(
    sql,
    householdWithdrawn,
    `SELECT h.id AS key, h.county_code, jsonb_build_object('householdId', h.id, 'number', h.number,
       'reason', 'import-undone') AS data FROM household h WHERE h.id IN ${CREATED}`,
    [importId],
    now,
  );
  await client.query(
    `CREATE TEMP TABLE undone ON COMMIT DROP AS SELECT id FROM household h WHERE h.id IN ${CREATED}`.replaceAll(
      '$1',
      `'${importId}'`,
    ),
  );
  await client.query('DELETE FROM quality_breach WHERE household_id IN (SELECT id FROM undone)');
  // A person who moved into a new household from a changed one is put back with that one below.
  await client.query('DELETE FROM person WHERE household_id IN (SELECT id FROM undone)');
  await client.query('DELETE FROM household WHERE id IN (SELECT id FROM undone)');
  return count;
}

async function restoreChanged(client: PoolClient, sql: Sql, importId: string, now: Date): Promise<number> {
  const at = now.toISOString();
  const affected = `(SELECT household_id FROM household_version WHERE replaced_by = $1::uuid)`;
  await client.query(
    `CREATE TEMP TABLE restored ON COMMIT DROP AS SELECT v.household_id, v.household, v.members, h.version
     FROM household_version v JOIN household h ON h.id = v.household_id WHERE v.replaced_by = '${importId}'::uuid`,
  );
  await keepVersions(client, `h.id IN (SELECT household_id FROM restored)`, [at, null]);
  await client.query(`DELETE FROM person WHERE household_id IN ${affected}`, [importId]);
  await client.query(
    `UPDATE household h SET village_id = o.village_id, village_code = o.village_code, natural_village = o.natural_village,
       status = o.status, category = o.category, main_cause = o.main_cause, dangerous_house = o.dangerous_house,
       safe_water = o.safe_water, water_difficulty = o.water_difficulty, per_capita_income_fen = o.per_capita_income_fen,
       conditions = o.conditions, head_name = o.head_name, member_count = o.member_count, import_id = o.import_id,
       version = r.version + 1, changed_at = $1::timestamptz
     FROM restored r, jsonb_populate_record(NULL::household, r.household) o WHERE h.id = r.household_id`,
    [at],
  );
  await client.query(
    `INSERT INTO person SELECT o.* FROM restored r, jsonb_populate_recordset(NULL::person, r.members) o`,
  );
  return appendEventsFromQuery(
    sql,
    householdRecorded,
    recordedEvents(`h.id IN (SELECT household_id FROM restored)`),
    [],
    now,
  );
}
