import * as contract from '@bangfu/contracts/identification/cases';
import { pgSql } from '@bangfu/data/sql';
import { demand } from '@bangfu/domain/shared/errors';
import { countyOf, type RegionCode } from '@bangfu/domain/shared/region';
import { type BusinessDay, businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { householdRecorded, householdRegistered } from '@bangfu/events/catalog/identification';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import { command, type Tables } from '../../../operations.ts';
import { keepHistory } from '../../../register/history.ts';
import { recordedEvents } from '../../../register/recorded-events.ts';
import { publishNotice, sealContent } from '../../notices/seal-notice.ts';
import { judgeHouseholds } from '../../quality/keep-breaches.ts';
import { type ChangedCase, changeOf, lockCases } from '../case.repository.ts';
import { speaking } from '../case-words.ts';
import { auditCases, changeCases } from '../change-cases.ts';
import { REGISTER_ANNOUNCED } from './announce.sql.ts';

type Call = CommandCall<typeof contract.announceCases, Tables>;

/** What a household is after its case of a kind has been announced. */
const STATUS_AFTER = { registration: 'registered', return: 'returned' } as const;
type Kind = keyof typeof STATUS_AFTER;

const isRegistering = (kind: string): kind is Kind => kind in STATUS_AFTER;

/**
 * Announces a batch: the last step. The households are on the register from now, their earlier file is kept, the
 * announcement is published like a notice, and the others hear of it.
 * @throws DomainError NOTICE_MIXED, CASE_DOCUMENT_MISSING and others; Refusal 404, 409
 */
export const announceCases = command(contract.announceCases, (call) =>
  speaking(call.language, async () => {
    const { documentNumber } = call.body;
    const on = businessDay(call.body.on);
    const files = await lockCases(call.tx, call.caller, call.body.cases);
    const kind = files[0]?.state.kind ?? '';
    demand(isRegistering(kind) && files.every((file) => file.state.kind === kind), 'NOTICE_MIXED');
    const changed = await changeCases(call, files, () => ({ type: 'announce', on, documentNumber }), {
      documentNumber,
    });
    const noticeId = call.newId();
    await publishAnnouncement(call, noticeId, kind, changed);
    await enterRegister(call, kind, on, changed);
    await judgeAnnounced(call, changed);
    for (const each of changed) call.emit(registered(each, kind, on, documentNumber));
    auditCases(call, changed, { noticeId, documentNumber });
    return { cases: changed.map(changeOf), noticeId };
  }),
);

async function publishAnnouncement(call: Call, id: string, kind: Kind, changed: readonly ChangedCase[]): Promise<void> {
  const files = changed.map(({ file }) => file);
  const regionCode = countyOf((files[0]?.villageCode ?? '') as RegionCode);
  const county = await call.tx.sql
    .selectFrom('region')
    .where('code', '=', regionCode)
    .select('name')
    .executeTakeFirst();
  const openedOn = businessDayOf(call.now);
  const frame = { kind, level: 'county' as const, place: county?.name ?? regionCode, openedOn, fullDays: 0 };
  await publishNotice(
    call,
    { ...sealContent(frame, files), id, regionCode, countyCode: regionCode, policyId: null },
    files,
  );
}

async function enterRegister(
  { tx, now }: Call,
  kind: Kind,
  on: BusinessDay,
  changed: readonly ChangedCase[],
): Promise<void> {
  const ids = changed.map(({ file }) => file.householdId);
  await tx.sql.selectFrom('household').where('id', 'in', ids).orderBy('id').forUpdate().select('id').execute();
  await keepHistory(tx.client, 'h.id = ANY ($1::uuid[])', [ids], { at: now, importId: null });
  const found = changed.map(({ file }) => file.state.classification ?? {});
  await REGISTER_ANNOUNCED.run(
    tx.client,
    STATUS_AFTER[kind],
    now,
    ids,
    found.map((each) => each.category ?? null),
    found.map((each) => each.mainCause ?? null),
    on,
  );
  await appendEventsFromQuery(
    pgSql(tx.client),
    householdRecorded,
    recordedEvents('h.id = ANY ($1::uuid[])'),
    [ids],
    now,
  );
}

/** What the rules say of the households as they are on the register from now. */
async function judgeAnnounced({ tx, kit, caller, now }: Call, changed: readonly ChangedCase[]): Promise<void> {
  const ids = changed.map(({ file }) => file.householdId);
  const today = businessDayOf(now);
  await judgeHouseholds(tx.client, kit.cipher, caller.countyCode, today, 'h.id = ANY ($1::uuid[])', [ids]);
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
