import * as contract from '@bangfu/contracts/identification/notices';
import { currentStep } from '@bangfu/domain/identification/case/evolve';
import { demand } from '@bangfu/domain/shared/errors';
import { type RegionCode, townshipOf } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { type CaseFile, changeOf, lockCases } from '../../cases/case.repository.ts';
import { casePolicies } from '../../cases/case-policy.ts';
import { speaking } from '../../cases/case-words.ts';
import { auditCases, changeCases } from '../../cases/change-cases.ts';
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
export const openNotice = command(contract.openNotice, (call) =>
  speaking(call.language, async () => {
    const { tx, caller, now, body } = call;
    const files = await lockCases(tx, caller, body.cases);
    const [first] = files;
    if (!first) throw new RangeError('a notice without cases');
    const board = boardOf(first);
    const { kind } = first.state;
    const isOneBatch = files.every((file) => file.state.kind === kind && boardOf(file).regionCode === board.regionCode);
    demand(isOneBatch, 'NOTICE_MIXED');
    const policyOn = await casePolicies(tx.sql, first.countyCode);
    const { noticeDays: policyId } = policyOn.versionsOn(businessDayOf(now));
    const fullDays = policyOn(businessDayOf(now)).noticeFullDays[kind][board.level];
    const frame = { kind, level: board.level, place: board.place, openedOn: businessDayOf(now), fullDays };
    const sealed = sealContent(frame, files);
    const { contentHash } = sealed;
    const noticeId = call.newId();
    const changed = await changeCases(call, files, () => ({ type: 'openNotice', contentHash }), {}, noticeId);
    const { regionCode } = board;
    await publishNotice(call, { ...sealed, id: noticeId, regionCode, countyCode: first.countyCode, policyId }, files);
    auditCases(call, changed, { noticeId, contentHash });
    return { noticeId, contentHash, cases: changed.map(changeOf) };
  }),
);
