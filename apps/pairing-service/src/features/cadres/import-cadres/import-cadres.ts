import * as contract from '@bangfu/contracts/pairing/cadres';
import { insertMany } from '@bangfu/data/insert-many';
import { typedSql } from '@bangfu/data/typed-sql';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { ListOrder } from '@bangfu/platform/jobs/list-job';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { list, type Tables } from '../../../operations.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { type Judgement, judgeList } from './judge-list.ts';
import { type CadreList, readCadreList } from './read-list.ts';

const MAX_LIST_BYTES = 20 * 1024 * 1024;
const LISTED_PROBLEMS = 500;

/**
 * Tries a list of units and cadres, or takes it over: all of it in one transaction, or nothing when a row is wrong.
 * The same list again changes nothing.
 * @throws DomainError FILE_TOO_LARGE, WORKBOOK_EMPTY; in its job NOT_A_CADRE_LIST and those of `readList`
 */
export const importCadres = list(contract.importCadres, {
  kind: 'cadre-list',
  maxBytes: MAX_LIST_BYTES,
  outcome: contract.CadreImportReport,
  asked: z.object({ commit: z.boolean() }),
  ask: async ({ query }) => ({ commit: query.commit === 'true' }),
  /** Reads it by the ranks of today's policy. */
  read: async (path, _order, run, kit) => {
    const { countyCode } = run.caller;
    const { content } = await policyOn(typedSql<Tables>(kit.pool), countyCode, businessDayOf(kit.clock()));
    return readCadreList(path, content.ranks, run);
  },
  take: async (call) => {
    const { tx, caller, order, audit } = call;
    const { name: fileName, file } = order;
    const judgement = await judgeList(call);
    const answer = report(call.list, judgement, order);
    if (!answer.committed) {
      audit.nothing();
      return answer;
    }
    await writeUnits(tx.sql, caller.countyCode, judgement);
    await writeCadres(tx.sql, caller.countyCode, judgement);
    const { units, cadres } = answer;
    audit.change('cadre-list', file.sha256, null, { fileName, sha256: file.sha256, units, cadres });
    return answer;
  },
});

function report(
  list: CadreList,
  { problems, units, cadres }: Judgement,
  order: ListOrder<{ readonly commit: boolean }>,
) {
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

const writeUnits = (write: Kysely<Tables>, countyCode: string, { units }: Judgement): Promise<void> =>
  insertMany(
    write,
    'unit',
    units.write.map(({ id, name, seatCode, villageCodes }) => ({
      id,
      county_code: countyCode,
      name,
      seat_code: seatCode,
      village_codes: villageCodes,
    })),
    (insert) =>
      insert.onConflict((on) =>
        on.column('id').doUpdateSet((eb) => ({
          village_codes: eb.ref('excluded.village_codes'),
          version: eb('unit.version', '+', 1),
        })),
      ),
  );

const writeCadres = (write: Kysely<Tables>, countyCode: string, { cadres }: Judgement): Promise<void> =>
  insertMany(
    write,
    'cadre',
    cadres.write.map((row) => ({
      id: row.id,
      county_code: countyCode,
      unit_id: row.unitId,
      name: row.name,
      rank: row.rank,
      quota: row.quota,
      phone_sealed: row.phoneSealed,
      phone_index: row.phoneIndex,
      home_village: row.homeVillage,
      relative_numbers: row.relativeNumbers,
      username: row.username,
      active: row.active,
    })),
    (insert) =>
      insert.onConflict((on) =>
        on.column('id').doUpdateSet((eb) => ({
          unit_id: eb.ref('excluded.unit_id'),
          name: eb.ref('excluded.name'),
          rank: eb.ref('excluded.rank'),
          quota: eb.ref('excluded.quota'),
          phone_sealed: eb
            .case()
            .when('excluded.phone_index', 'is distinct from', eb.ref('cadre.phone_index'))
            .then(eb.ref('excluded.phone_sealed'))
            .else(eb.ref('cadre.phone_sealed'))
            .end(),
          phone_index: eb.ref('excluded.phone_index'),
          home_village: eb.ref('excluded.home_village'),
          relative_numbers: eb.ref('excluded.relative_numbers'),
          username: eb.ref('excluded.username'),
          active: eb.ref('excluded.active'),
          version: eb('cadre.version', '+', 1),
        })),
      ),
  );
