import type { Operation } from '@bangfu/contracts/core/operation';
import { handle } from '@bangfu/domain/identification/case/decide';
import { signingRoles } from '@bangfu/domain/identification/case/offer';
import type { CaseCommand } from '@bangfu/domain/identification/case/types';
import type { NewEvent } from '@bangfu/events/catalog/define';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { PoolClient } from '@bangfu/data/pool';
import type { Identification } from '../../db/client.ts';
import { settleNotices } from '../notices/settle-notices.ts';
import {
  appendHistory,
  type CaseFile,
  type ChangedCase,
  changeOf,
  lockCases,
  type PickedCase,
  storeCases,
} from './case.repository.ts';
import { casePolicy } from './case-policy.ts';
import { decideOnEach } from './batch-refusal.ts';
import { signerFor } from './signer.ts';

/** A command before it is signed. */
export type Unsigned = CaseCommand extends infer C ? (C extends CaseCommand ? Omit<C, 'by'> : never) : never;

/** Runs a command on case files in one plain transaction: batches are written by set, not row by row through an ORM. */
export function runOnCases<Answer>(
  service: Identification,
  op: Pick<Operation, 'id' | 'status' | 'audit'>,
  actor: Actor,
  input: unknown,
  work: (
    client: PoolClient,
    sql: Sql,
  ) => Promise<{
    answer: Answer;
    changed: readonly ChangedCase[];
    events?: NewEvent[];
    extra?: object;
    /** Of cases that were acted on and did not change. */
    unchanged?: readonly { readonly file: CaseFile; readonly change: object }[];
  }>,
): Promise<Answer> {
  return runCommand(service.bulk, service.newId, op, actor, input, async (client, sql) => {
    const { answer, changed, events = [], extra = {}, unchanged = [] } = await work(client, sql);
    return {
      answer,
      events,
      audit: [
        ...changed.map(({ file, state, events: [event] }) => ({
          action: op.audit ?? '',
          recordType: 'case',
          recordId: file.id,
          change: {
            before: { step: event?.step, status: file.state.status },
            after: {
              step: state.pending[0] ?? null,
              status: state.status,
              household: file.householdNumber,
              event: event?.type,
              ...extra,
            },
          },
        })),
        ...unchanged.map(({ file, change }) => ({
          action: op.audit ?? '',
          recordType: 'case',
          recordId: file.id,
          change: { after: { household: file.householdNumber, ...change } },
        })),
      ],
    };
  });
}

/**
 * Decides a command on each of the cases and writes all of them, or none when the rules refuse one.
 * @throws DomainError of the case rules; Refusal 404, 409
 */
export async function changeCases(
  sql: Sql,
  actor: Actor,
  files: readonly CaseFile[],
  commandOf: (file: CaseFile) => Unsigned,
  details: Readonly<Record<string, string>> = {},
  noticeId: string | null = null,
): Promise<ChangedCase[]> {
  const policy = casePolicy(actor.now);
  const changed = decideOnEach(files, (file): ChangedCase => {
    const command = commandOf(file);
    const by = signerFor(actor.caller, file.villageCode, signingRoles(file.state, command.type));
    const { state, events } = handle(file.state, { ...command, by }, actor.now, policy);
    return { file, state, events, details, noticeId: state.notice ? (file.noticeId ?? noticeId) : null };
  });
  await writeChanged(sql, actor, changed);
  return changed;
}

/** Writes what was decided, and lets notices that lost their last case end. */
export async function writeChanged(sql: Sql, actor: Actor, changed: readonly ChangedCase[]): Promise<void> {
  await storeCases(sql, changed, actor.now);
  await appendHistory(sql, changed, actor.caller.name);
  const left = changed.flatMap(({ file, noticeId }) => (file.noticeId && !noticeId ? [file.noticeId] : []));
  await settleNotices(sql, actor, [...new Set(left)]);
}

/** One command on one case, with nothing beside it: what most steps are. */
export function changeCase(
  service: Identification,
  op: Pick<Operation, 'id' | 'status' | 'audit'>,
  actor: Actor,
  input: PickedCase & Readonly<Record<string, unknown>>,
  commandOf: (file: CaseFile, sql: Sql) => Promise<Unsigned> | Unsigned,
  details: Readonly<Record<string, string>> = {},
) {
  return runOnCases(service, op, actor, input, async (_client, sql) => {
    const [file] = await lockCases(sql, actor.caller, [input]);
    if (!file) throw new RangeError('a case without a file');
    const command = await commandOf(file, sql);
    const changed = await changeCases(sql, actor, [file], () => command, details);
    return { answer: changeOf({ file, state: changed[0]?.state ?? file.state }), changed };
  });
}
