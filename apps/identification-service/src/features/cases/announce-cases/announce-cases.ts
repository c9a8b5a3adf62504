import { announceCases as operation } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { demand } from '@bangfu/domain/shared/errors';
import { countyOf, type RegionCode } from '@bangfu/domain/shared/region';
import { type BusinessDay, businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { householdRecorded, householdRegistered } from '@bangfu/events/catalog/identification';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import type { Sql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import type { PoolClient } from '@bangfu/data/pool';
import type { Identification } from '../../../db/client.ts';
import { keepVersions, recordedEvents } from '../../imports/roster/apply.ts';
import { judgeHouseholds } from '../../quality/keep-breaches.ts';
import { publishNotice, sealContent } from '../../notices/seal-notice.ts';
import { type ChangedCase, changeOf, lockCases } from '../case.repository.ts';
import { changeCases, runOnCases } from '../change-cases.ts';

/** What a household is after its case of a kind has been announced. */
const STATUS_AFTER = { registration: 'registered', return: 'returned' } as const;
type Kind = keyof typeof STATUS_AFTER;

const isRegistering = (kind: string): kind is Kind => kind in STATUS_AFTER;

/**
 * Announces a batch: the last step. The households are on the register from now, their earlier file is kept, the
 * announcement is published like a notice, and the others hear of it.
 * @throws DomainError NOTICE_MIXED, CASE_DOCUMENT_MISSING and others; Refusal 404, 409
 */
export function announceCases(service: Identification, actor: Actor, body: BodyOf<typeof operation>) {
  const on = businessDay(body.on);
  const { documentNumber } = body;
  return runOnCases(service, operation, actor, body, async (client, sql) => {
    const files = await lockCases(sql, actor.caller, body.cases);
    const kind = files[0]?.state.kind ?? '';
    demand(isRegistering(kind) && files.every((file) => file.state.kind === kind), 'NOTICE_MIXED');
    const changed = await changeCases(sql, actor, files, () => ({ type: 'announce', on, documentNumber }), {
      documentNumber,
    });
    const noticeId = service.newId(actor.now);
    await publishAnnouncement(sql, actor, noticeId, kind, changed);
    await enterRegister(client, sql, actor.now, kind, changed);
    await judgeAnnounced(client, service, actor, changed);
    const events = changed.map((each) => registered(each, kind, on, documentNumber));
    return { answer: { cases: changed.map(changeOf), noticeId }, changed, events, extra: { noticeId, documentNumber } };
  });
}

async function publishAnnouncement(sql: Sql, actor: Actor, id: string, kind: Kind, changed: readonly ChangedCase[]) {
  const files = changed.map(({ file }) => file);
  const regionCode = countyOf((files[0]?.villageCode ?? '') as RegionCode);
  const [county] = await sql.query<{ name: string }>('SELECT name FROM region WHERE code = $1', [regionCode]);
  const openedOn = businessDayOf(actor.now);
  const frame = { kind, level: 'county' as const, place: county?.name ?? regionCode, openedOn, fullDays: 0 };
  await publishNotice(sql, actor, { ...sealContent(frame, files), id, regionCode, countyCode: regionCode }, files);
}

async function enterRegister(client: PoolClient, sql: Sql, now: Date, kind: Kind, changed: readonly ChangedCase[]) {
  const ids = changed.map(({ file }) => file.householdId);
  const at = now.toISOString();
  await client.query('SELECT 1 FROM household WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [ids]);
  await keepVersions(client, 'h.id = ANY ($3::uuid[])', [at, null, ids]);
  const found = changed.map(({ file }) => file.state.classification ?? {});
  await client.query(
    `UPDATE household h SET status = $2, category = coalesce(c.category, h.category),
       main_cause = coalesce(c.main_cause, h.main_cause), version = h.version + 1, import_id = NULL,
       changed_at = $3::timestamptz
     FROM unnest($1::uuid[], $4::text[], $5::text[]) AS c(id, category, main_cause) WHERE h.id = c.id`,
    [
      ids,
      STATUS_AFTER[kind],
      at,
      found.map((each) => each.category ?? null),
      found.map((each) => each.mainCause ?? null),
    ],
  );
  await appendEventsFromQuery(sql, householdRecorded, recordedEvents('h.id = ANY ($1::uuid[])'), [ids], now);
}

/** What the rules say of the households as they are on the register from now. */
async function judgeAnnounced(
  client: PoolClient,
  service: Identification,
  { caller, now }: Actor,
  changed: readonly ChangedCase[],
): Promise<void> {
  const ids = changed.map(({ file }) => file.householdId);
  const today = businessDayOf(now);
  await judgeHouseholds(client, service.cipher, caller.countyCode, today, 'h.id = ANY ($1::uuid[])', [ids]);
}

function registered({ file }: ChangedCase, kind: Kind, on: BusinessDay, documentNumber: string): NewEvent {
  return householdRegistered.of(file.countyCode, {
    householdId: file.householdId,
    number: file.householdNumber,
    villageCode: file.villageCode,
    caseId: file.id,
    kind,
    status: STATUS_AFTER[kind],
    registeredOn: on,
    documentNumber,
  });
}
