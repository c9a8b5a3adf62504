import { businessDayOf } from '@bangfu/domain/shared/time';
import { handle } from '@bangfu/domain/identification/case/decide';
import { signingRoles } from '@bangfu/domain/identification/case/offer';
import type { CaseCommand } from '@bangfu/domain/identification/case/types';
import { settleNotices } from '../notices/settle-notices.ts';
import { decideOnEach } from './batch-refusal.ts';
import {
  appendHistory,
  type CaseFile,
  type ChangedCase,
  changeOf,
  lockCases,
  type PickedCase,
  storeCases,
} from './case.repository.ts';
import type { CaseCall } from './case-call.ts';
import { casePolicies, decidingVersion } from './case-policy.ts';
import { speaking } from './case-words.ts';
import { findLine } from './poverty-line.ts';
import { signerFor } from './signer.ts';

/** A command before it is signed. */
export type Unsigned = CaseCommand extends infer C ? (C extends CaseCommand ? Omit<C, 'by'> : never) : never;

/** Says of each changed case what was done to it, and what belongs to it besides. */
export function auditCases({ audit }: CaseCall, changed: readonly ChangedCase[], extra: object = {}): void {
  for (const { file, state, events } of changed) {
    const [event] = events;
    const before = { step: event?.step, status: file.state.status };
    const step = state.pending[0] ?? null;
    const after = { step, status: state.status, household: file.householdNumber, event: event?.type, ...extra };
    audit.change('case', file.id, before, after);
  }
}

const isVerified = ({ events }: Pick<ChangedCase, 'events'>) =>
  events.some(({ type }) => type === 'verificationRecorded');

/**
 * Decides a command on each of the cases and writes all of them, or none when the rules refuse one.
 * @throws DomainError of the case rules; Refusal 404, 409
 */
export async function changeCases(
  call: CaseCall,
  files: readonly CaseFile[],
  commandOf: (file: CaseFile) => Unsigned,
  details: Readonly<Record<string, string>> = {},
  noticeId: string | null = null,
): Promise<ChangedCase[]> {
  const { tx, caller, now } = call;
  const countyCode = files[0]?.countyCode ?? caller.countyCode;
  const today = businessDayOf(now);
  const policyOn = await casePolicies(tx.sql, countyCode);
  const policy = policyOn(today);
  const decided = decideOnEach(files, (file): Omit<ChangedCase, 'policyId'> => {
    const command = commandOf(file);
    const by = signerFor(caller, file.villageCode, signingRoles(file.state, command.type));
    const { state, events } = handle(file.state, { ...command, by }, now, policy);
    return { file, state, events, details, noticeId: state.notice ? (file.noticeId ?? noticeId) : null };
  });
  const line = decided.some(isVerified) ? await findLine(tx.sql, countyCode, today) : null;
  const versions = { ...policyOn.versionsOn(today), povertyLine: line?.id ?? null };
  const changed = decided.map((each) => ({ ...each, policyId: decidingVersion(each, versions) }));
  await writeChanged(call, changed);
  return changed;
}

/** Writes what was decided, and lets notices that lost their last case end. */
export async function writeChanged(call: CaseCall, changed: readonly ChangedCase[]): Promise<void> {
  const { tx, caller, now } = call;
  await storeCases(tx, changed, now);
  await appendHistory(tx, changed, caller.name);
  const left = changed.flatMap(({ file, noticeId }) => (file.noticeId && !noticeId ? [file.noticeId] : []));
  await settleNotices(call, [...new Set(left)]);
}

/** One command on one case, with nothing beside it: what most steps are. @throws as `changeCases`, in words */
export const changeCase = (
  call: CaseCall,
  picked: PickedCase,
  commandOf: (file: CaseFile) => Promise<Unsigned> | Unsigned,
  details: Readonly<Record<string, string>> = {},
) =>
  speaking(call.language, async () => {
    const [file] = await lockCases(call.tx, call.caller, [picked]);
    if (!file) throw new RangeError('a case without a file');
    const command = await commandOf(file);
    const changed = await changeCases(call, [file], () => command, details);
    auditCases(call, changed);
    return changeOf({ file, state: changed[0]?.state ?? file.state });
  });
