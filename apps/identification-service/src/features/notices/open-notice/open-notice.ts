import { openNotice as operation } from '@bangfu/contracts/identification/notices';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { currentStep } from '@bangfu/domain/identification/case/evolve';
import { demand } from '@bangfu/domain/shared/errors';
import { type RegionCode, townshipOf } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Actor } from '@bangfu/platform/db/command';
import type { Identification } from '../../../db/client.ts';
import { type CaseFile, changeOf, lockCases } from '../../cases/case.repository.ts';
import { casePolicy } from '../../cases/case-policy.ts';
import { changeCases, runOnCases } from '../../cases/change-cases.ts';
import { publishNotice, sealContent } from '../seal-notice.ts';

/** Where a case's notice hangs: in its village, or at its township when that is the step. */
function boardOf(file: CaseFile) {
  const step = currentStep(file.state);
  return step?.level === 'township'
    ? { level: 'township' as const, regionCode: townshipOf(file.villageCode as RegionCode), place: file.townshipName }
    : { level: 'village' as const, regionCode: file.villageCode, place: `${file.townshipName}${file.villageName}` };
}

/**
 * Opens one notice for a batch: cases of one procedure at one step, hanging at one village or township.
 * @throws DomainError NOTICE_MIXED, CASE_STEP_WRONG, NOTICE_TEXT_UNFIT and others; Refusal 404, 409
 */
export function openNotice(service: Identification, actor: Actor, body: BodyOf<typeof operation>) {
  return runOnCases(service, operation, actor, body, async (_client, sql) => {
    const files = await lockCases(sql, actor.caller, body.cases);
    const [first] = files;
    if (!first) throw new RangeError('a notice without cases');
    const board = boardOf(first);
    const { kind } = first.state;
    const isOneBatch = files.every((file) => file.state.kind === kind && boardOf(file).regionCode === board.regionCode);
    demand(isOneBatch, 'NOTICE_MIXED');
    const fullDays = casePolicy(actor.now).noticeFullDays[kind][board.level];
    const frame = { kind, level: board.level, place: board.place, openedOn: businessDayOf(actor.now), fullDays };
    const sealed = sealContent(frame, files);
    const { contentHash } = sealed;
    const noticeId = service.newId(actor.now);
    const changed = await changeCases(sql, actor, files, () => ({ type: 'openNotice', contentHash }), {}, noticeId);
    const { regionCode } = board;
    await publishNotice(sql, actor, { ...sealed, id: noticeId, regionCode, countyCode: first.countyCode }, files);
    const answer = { noticeId, contentHash, cases: changed.map(changeOf) };
    return { answer, changed, extra: { noticeId, contentHash } };
  });
}
