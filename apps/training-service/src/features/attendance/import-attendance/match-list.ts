import type { AttendanceSheet } from '@bangfu/contracts/training/attendance';
import { isSameName } from '@bangfu/domain/shared/normalise';
import type { Mark } from '../enter-marks.ts';
import type { ListLine } from './read-list.ts';

/** A line that cannot be entered, and why. */
interface LineProblem {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly code: 'LIST_PERSON_UNKNOWN' | 'LIST_PERSON_AMBIGUOUS' | 'LIST_PERSON_TWICE' | 'LIST_MARK_UNKNOWN';
}

/** Finds each line's learner by name and household number together. */
export function matchList(
  lines: readonly ListLine[],
  learners: AttendanceSheet['rows'],
): { marks: Mark[]; problems: LineProblem[] } {
  const marks = new Map<string, Mark>();
  const problems: LineProblem[] = [];
  for (const { sheet, row, name, number, word, mark } of lines) {
    const found = learners.filter((each) => isSameName(each.personName, name) && each.householdNumber === number);
    const [learner] = found;
    const person = `${name} ${number}`;
    if (!learner) problems.push({ sheet, row, column: '姓名', value: person, code: 'LIST_PERSON_UNKNOWN' });
    else if (found.length > 1)
      problems.push({ sheet, row, column: '姓名', value: person, code: 'LIST_PERSON_AMBIGUOUS' });
    else if (mark === null) problems.push({ sheet, row, column: '出勤', value: word, code: 'LIST_MARK_UNKNOWN' });
    else if (marks.has(learner.enrolmentId))
      problems.push({ sheet, row, column: '姓名', value: person, code: 'LIST_PERSON_TWICE' });
    else marks.set(learner.enrolmentId, { enrolmentId: learner.enrolmentId, mark });
  }
  return { marks: [...marks.values()], problems };
}
