import type { Readable } from 'node:stream';
import { type CadreImportReport, importCadres as operation } from '@bangfu/contracts/pairing/cadres';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/events/sql';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { KIT_MESSAGES, render } from '@bangfu/service-kit/http/messages';
import type { Pairing } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { type Judgement, judgeList } from './judge-list.ts';
import { type CadreList, type ListProblem, readCadreList } from './read-list.ts';

const LARGEST_UPLOAD = 20 * 1024 * 1024;
const LISTED_PROBLEMS = 500;

/** What is asked of a list: its name, whether to take it over, the language of its problems. */
interface Asked {
  readonly fileName: string;
  readonly commit: boolean;
  readonly language: 'zh' | 'en';
}

/**
 * Tries a list of units and cadres, or takes it over: all of it in one transaction, or nothing when a row is wrong.
 * The same list again changes nothing.
 * @throws DomainError FILE_TOO_LARGE, NOT_A_CADRE_LIST and those of `readList`
 */
export async function importCadres(
  service: Pairing,
  actor: Actor,
  upload: Readable,
  asked: Asked,
): Promise<CadreImportReport> {
  const { caller, now } = actor;
  const { content } = await policyOn(pgSql(service.pool), caller.countyCode, businessDayOf(now));
  const file = await service.files.put(upload, LARGEST_UPLOAD);
  demand(file.size > 0, 'WORKBOOK_EMPTY');
  const list = await service.files.withPlainCopy(file.sha256, (path) => readCadreList(path, content.ranks));
  if (!asked.commit) {
    return service.transaction(async (tx, sql) => report(list, await judgeList(service, tx, sql, actor, list), asked));
  }
  const input = { sha256: file.sha256, fileName: asked.fileName };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const judgement = await judgeList(service, tx, sql, actor, list);
    const answer = report(list, judgement, asked);
    if (!answer.committed) return { answer, audit: [] };
    await writeUnits(sql, caller.countyCode, judgement);
    await writeCadres(sql, caller.countyCode, judgement);
    const after = { fileName: asked.fileName, sha256: file.sha256, units: answer.units, cadres: answer.cadres };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'cadre-list', recordId: file.sha256, change: { after } }],
    };
  });
}

function report(list: CadreList, { problems, units, cadres }: Judgement, asked: Asked): CadreImportReport {
  const counts = (part: { write: readonly unknown[]; create: number; unchanged: number }) => ({
    create: part.create,
    change: part.write.length - part.create,
    unchanged: part.unchanged,
  });
  const inOrder = problems.toSorted((a, b) => (a.sheet === b.sheet ? a.row - b.row : a.sheet < b.sheet ? -1 : 1));
  return {
    fileName: asked.fileName,
    committed: asked.commit && problems.length === 0,
    rows: list.lines.length,
    units: counts(units),
    cadres: counts(cadres),
    columns: { matched: [...list.matched], unknown: [...list.unknown] },
    problems: [
      ...inOrder.slice(0, LISTED_PROBLEMS).map((problem) => toProblem(problem, 'error', asked.language)),
      ...list.warnings.slice(0, LISTED_PROBLEMS).map((problem) => toProblem(problem, 'warning', asked.language)),
    ],
    problemCount: problems.length,
  };
}

function toProblem(
  { params, ...problem }: ListProblem,
  severity: 'error' | 'warning',
  language: Asked['language'],
): CadreImportReport['problems'][number] {
  return { ...problem, severity, message: render({ ...KIT_MESSAGES, ...MESSAGES }, problem.code, params, language) };
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
