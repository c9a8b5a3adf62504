import type { Dossier } from '@bangfu/contracts/core/every-service';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { notFound } from '@bangfu/platform/http/refusal';
import type { PairedHousehold } from '@bangfu/contracts/pairing/pairings';
import type { Pairing } from '../../db/client.ts';
import { householdVisible, visibleTo } from '../../db/visible.ts';
import { getPairing } from '../pairings/get-pairing/get-pairing.query.ts';
import { findVisits } from '../visits/visit.repository.ts';

const RECENT = 20;

/** What is decided for a day to come, as a sentence. */
const comingWords = ({ day, helper }: NonNullable<PairedHousehold['coming']>) =>
  helper ? `${day} 起由${helper.name}（${helper.unitName}）帮扶` : `${day} 起解除结对`;

/** Pairing's part of the dossier: who is responsible, who was before, the visits. @throws Refusal 404 */
export async function getDossier(
  service: Pairing,
  caller: Caller,
  householdNumber: string,
  now: Date,
): Promise<Dossier> {
  const pool = readsOf(service, caller);
  const { rows } = await pool.query<{ id: string }>(
    `SELECT h.id::text AS id FROM platform.household_copy h
     WHERE h.number = $6 AND h.county_code = $7 AND NOT h.withdrawn AND ${householdVisible(1)}`,
    [...visibleTo(caller, businessDayOf(now)), householdNumber, caller.countyCode],
  );
  if (!rows[0]) throw notFound();
  const { id } = rows[0];
  const pairing = await getPairing(service, caller, id, now);
  const recent = await findVisits(
    pgSql(pool),
    service.cipher,
    'WHERE v.household_id = $1::uuid ORDER BY v.at DESC, v.id DESC LIMIT $2',
    [id, RECENT],
  );
  // The dossier is written in sentences, where a name is no longer a field.
  const known = readsMasked(caller) ? maskPersons({ pairing, recent }) : { pairing, recent };
  const { helper, visits: standing, chain, coming } = known.pairing;
  const visits = known.recent;
  const day = (at: string) => businessDayOf(new Date(at));
  return {
    sections: [
      {
        key: 'pairing',
        title: '结对帮扶',
        facts: [
          { label: '帮扶责任人', value: helper?.name ?? '未落实' },
          { label: '帮扶单位', value: helper?.unitName ?? '—' },
          { label: '结对日期', value: helper?.since ?? '—' },
          { label: '最近走访', value: standing?.lastVisit ?? '—' },
          ...(coming ? [{ label: '即将变更', value: comingWords(coming) }] : []),
          { label: '逾期走访', value: standing && standing.overdueDays > 0 ? `${standing.overdueDays} 天` : '无' },
        ],
        table: {
          columns: ['帮扶责任人', '帮扶单位', '起', '止', '原因'],
          rows: chain.map((link) => [
            link.helperName,
            link.unitName,
            link.from,
            link.until ?? '至今',
            link.reason ?? '',
          ]),
        },
      },
      {
        key: 'visits',
        title: '入户走访',
        facts: [{ label: '走访次数', value: `${visits.length === RECENT ? `近 ${RECENT}` : visits.length} 次` }],
        table: {
          columns: ['日期', '走访人', '见到的人', '情况', '需求'],
          rows: visits.map((visit) => [
            day(visit.at),
            visit.helperName,
            visit.peopleMet.join('、'),
            visit.seen,
            visit.needs.join('；'),
          ]),
        },
      },
    ],
    timeline: [
      ...chain
        .filter(({ from }) => from <= businessDayOf(now))
        .map((link) => ({ at: link.from, title: '结对帮扶', detail: `${link.helperName}（${link.unitName}）` })),
      ...visits.map((visit) => ({
        at: day(visit.at),
        title: '入户走访',
        detail: `${visit.helperName}：${visit.seen}`,
      })),
    ].sort((a, b) => (a.at < b.at ? -1 : 1)),
    link: `/pairing/pairings/${id}`,
  };
}
