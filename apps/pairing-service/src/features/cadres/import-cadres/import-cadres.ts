import type { Readable } from 'node:stream';
import type { JobOrdered } from '@bangfu/contracts/core/list-job';
import { CadreImportReport, importCadres as operation } from '@bangfu/contracts/pairing/cadres';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { JobHandler, JobRun } from '@bangfu/platform/jobs/job';
import { comingTo, listJob, type ListOrder, orderList } from '@bangfu/platform/jobs/list-job';
import type { Pairing } from '../../../db/client.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { type Judgement, judgeList } from './judge-list.ts';
import { type CadreList, readCadreList } from './read-list.ts';

const MAX_LIST_BYTES = 20 * 1024 * 1024;
const LISTED_PROBLEMS = 500;

/** The kind of its job. */
export const CADRE_LIST = 'cadre-list';

/** Whether the list is taken over or only tried. */
export interface CadreListAsked {
  readonly commit: boolean;
}

/**
 * Orders that a list of units and cadres is tried or taken over.
 * @throws DomainError FILE_TOO_LARGE, WORKBOOK_EMPTY
 */
export function importCadres(
  service: Pairing,
  actor: Actor,
  upload: Readable,
  { name, commit }: { readonly name: string; readonly commit: boolean },
): Promise<JobOrdered> {
  const asked: CadreListAsked = { commit };
  return orderList(service, operation, actor, upload, { kind: CADRE_LIST, name, asked, maxBytes: MAX_LIST_BYTES });
}

/** The job of a list of cadres. */
export const cadreListJob = (service: Pairing): JobHandler =>
  listJob<CadreListAsked, CadreList, unknown>(service, {
    read: (path, _order, run) => readCadres(service, run.caller.countyCode, path, run),
    take: (actor, list, order) => takeCadres(service, actor, list, order),
  });

/** Reads a list by the ranks of today's policy. @throws DomainError NOT_A_CADRE_LIST and those of `readList` */
export async function readCadres(
  service: Pairing,
  countyCode: string,
  path: string,
  run: Pick<JobRun<unknown>, 'advance' | 'signal'>,
): Promise<CadreList> {
  const { content } = await policyOn(pgSql(service.pool), countyCode, businessDayOf(service.clock()));
  return readCadreList(path, content.ranks, run);
}

/**
 * Tries a list of units and cadres, or takes it over: all of it in one transaction, or nothing when a row is wrong.
 * The same list again changes nothing.
 */
export async function takeCadres(service: Pairing, actor: Actor, list: CadreList, order: ListOrder<CadreListAsked>) {
  const { caller } = actor;
  const { name: fileName, file, asked } = order;
  if (!asked.commit) {
    return service.transaction(async (tx, sql) => report(list, await judgeList(service, tx, sql, actor, list), order));
  }
  const input = { sha256: file.sha256, fileName };
  const command = comingTo(operation, CadreImportReport);
  return runCommand(service.transaction, service.newId, command, actor, input, async (tx, sql) => {
    const judgement = await judgeList(service, tx, sql, actor, list);
    const answer = report(list, judgement, order);
    if (!answer.committed) return { answer, audit: [] };
    await writeUnits(sql, caller.countyCode, judgement);
    await writeCadres(sql, caller.countyCode, judgement);
    const after = { fileName, sha256: file.sha256, units: answer.units, cadres: answer.cadres };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'cadre-list', recordId: file.sha256, change: { after } }],
    };
  });
}

function report(list: CadreList, { problems, units, cadres }: Judgement, order: ListOrder<CadreListAsked>) {
  const counts = (part: { write: readonly unknown[]; create: number; unchanged: number }) => ({
    create: part.create,
    change: part.write.length - part.create,
    unchanged: part.unchanged,
  });
  const inOrder = problems.toSorted((a, b) => (a.sheet === b.sheet ? a.row - b.row : a.sheet < b.sheet ? -1 : 1));
  return {
    fileName: order.name,
    committed: order.asked.commit && problems.length === 0,
    rows: list.lines.length,
    units: counts(units),
    cadres: counts(cadres),
    columns: { matched: [...list.matched], unknown: [...list.unknown] },
    problems: [
      ...inOrder.slice(0, LISTED_PROBLEMS).map((problem) => ({ ...problem, severity: 'error' as const })),
      ...list.warnings.slice(0, LISTED_PROBLEMS).map((problem) => ({ ...problem, severity: 'warning' as const })),
    ],
    problemCount: problems.length,
  };
}

async function writeUnits(sql: Sql, countyCode: string, { units }: Judgement): Promise<void> {
  await sql.query(
    `INSERT INTO unit (id, county_code, name, seat_code, village_codes)
     SELECT id, $2, name, "seatCode", "villageCodes"
     FROM jsonb_to_recordset($1::jsonb) AS x (id uuid, name text, "seatCode" text, "villageCodes" text[])
     ON CONFLICT (id) DO UPDATE SET village_codes = excluded.village_codes, version = unit.version + 1`,
    [JSON.stringify(units.write), countyCode],
  );
}

async function writeCadres(sql: Sql, countyCode: string, { cadres }: Judgement): Promise<void> {
  const hex = (bytes: Uint8Array | null) => (bytes ? Buffer.from(bytes).toString('hex') : null);
  const rows = cadres.write.map((row) => ({
    ...row,
    phoneSealed: hex(row.phoneSealed),
    phoneIndex: hex(row.phoneIndex),
  }));
  await sql.query(
    `INSERT INTO cadre (id, county_code, unit_id, name, rank, quota, phone_sealed, phone_index, home_village,
       relative_numbers, username, active)
     SELECT id, $2, "unitId", name, rank, quota, decode("phoneSealed", 'hex'), decode("phoneIndex", 'hex'), "homeVillage",
       "relativeNumbers", username, active
     FROM jsonb_to_recordset($1::jsonb) AS x (id uuid, "unitId" uuid, name text, rank text, quota int, "phoneSealed" text,
       "phoneIndex" text, "homeVillage" text, "relativeNumbers" text[], username text, active boolean)
     ON CONFLICT (id) DO UPDATE SET unit_id = excluded.unit_id, name = excluded.name, rank = excluded.rank,
       quota = excluded.quota, phone_sealed = CASE WHEN excluded.phone_index IS DISTINCT FROM cadre.phone_index THEN excluded.phone_sealed
         ELSE cadre.phone_sealed END, phone_index = excluded.phone_index,
       home_village = excluded.home_village, relative_numbers = excluded.relative_numbers, username = excluded.username,
       active = excluded.active, version = cadre.version + 1`,
    [JSON.stringify(rows), countyCode],
  );
}
