import type { Readable } from 'node:stream';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { importAttendance as operation } from '@bangfu/contracts/training/attendance';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { toListProblem } from '@bangfu/service-kit/http/list-answer';
import type { Training } from '../../../db/client.ts';
import { lockVisibleSession } from '../../../db/visible.ts';
import { reasonOf } from '../../../reason.ts';
import { enterMarks } from '../enter-marks.ts';
import { getSheet } from '../sheet.repository.ts';
import { matchList } from './match-list.ts';
import { readAttendance } from './read-list.ts';

const LARGEST_UPLOAD = 10 * 2 ** 20;

/**
 * Enters a session's attendance from a list, whole or not at all: with a wrong line nothing is entered and every wrong
 * line is named. The list itself is kept as evidence.
 * @throws those of enterMarks; DomainError FILE_TOO_LARGE, and those of readList
 */
export async function importAttendance(
  service: Training,
  actor: Actor & { readonly language: 'zh' | 'en' },
  sessionId: string,
  upload: Readable,
  name: string,
): Promise<AnswerOf<typeof operation>> {
  const { sha256, size } = await service.files.put(upload, LARGEST_UPLOAD);
  demand(size > 0, 'WORKBOOK_EMPTY');
  const list = await service.files.withPlainCopy(sha256, readAttendance);
  const input = { sessionId, name, sha256 };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    await lockVisibleSession(tx, sql, actor.caller, sessionId);
    const before = await getSheet(sql, actor.caller, sessionId);
    const matched = matchList(list.lines, before.rows);
    const { marks } = matched;
    const problems = [
      ...list.problems.map((issue) => toListProblem(issue, actor.language)),
      ...matched.problems.map((problem) => ({ ...problem, ...reasonOf(problem, actor.language) })),
    ];
    const { sheet, change } =
      problems.length > 0
        ? { sheet: before, change: { before: {}, after: {} } }
        : await enterMarks(tx, sql, actor, sessionId, { marks });
    return {
      answer: {
        entered: problems.length > 0 ? 0 : marks.length,
        problems,
        warnings: list.warnings.map((issue) => toListProblem(issue, actor.language)),
        sheet,
      },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'session',
          recordId: sessionId,
          change: {
            before: change.before,
            after: { name, sha256, lines: list.lines.length, problems: problems.length, ...change.after },
          },
        },
      ],
    };
  });
}
