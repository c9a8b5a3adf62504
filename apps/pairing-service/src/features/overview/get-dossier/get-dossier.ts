import { everyService } from '@bangfu/contracts/core/every-service';
import type { PairedHousehold } from '@bangfu/contracts/pairing/pairings';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { readsMasked } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { householdVisible } from '../../../db/visible.ts';
import { query } from '../../../operations.ts';
import { readPairing } from '../../pairings/pairing-record.ts';
import { keptVisits, shownVisit } from '../../visits/visit.repository.ts';

const contract = everyService('pairing');
const RECENT = 20;

/** What is decided for a day to come, as a sentence. */
const comingWords = ({ day, helper }: NonNullable<PairedHousehold['coming']>) =>
  helper ? `${day} 起由${helper.name}（${helper.unitName}）帮扶` : `${day} 起解除结对`;

/** Pairing's part of the dossier: who is responsible, who was before, the visits. @throws Refusal 404 */
export const getDossier = query(contract.getDossier, async ({ read, caller, params, now, kit }) => {
  const found = await read
    .selectFrom('household_copy as h')
    .where('h.number', '=', params.householdNumber)
    .where('h.county_code', '=', caller.countyCode)
    .where('h.withdrawn', '=', false)
    .where((eb) => householdVisible(eb, caller, businessDayOf(now)))
    .select('h.id')
    .executeTakeFirst();
  if (!found) throw notFound();
  const { id } = found;
  const pairing = await readPairing(read, caller, id, now);
  const kept = await keptVisits(read)
    .where('v.household_id', '=', id)
    .orderBy('v.at', 'desc')
    .orderBy('v.id', 'desc')
    .limit(RECENT)
    .execute();
  const recent = kept.map((visit) => shownVisit(visit, kit.cipher));
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
});
