import { recordResults } from '@bangfu/contracts/training/enrolments';
import { printSlips } from '@bangfu/contracts/training/satisfaction';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type Satisfaction, satisfactionOf } from '@bangfu/domain/training/satisfaction';
import type { Caller } from '@bangfu/platform/auth/caller';
import { callingAs, type Reader } from '@bangfu/platform/steps';
import type { Tables } from '../operations.ts';
import { classVisible, learnerVisible } from './visible.ts';

/** A class's figure by its participants' own answers, and of how many the provider once gave one. */
export async function readSatisfaction(
  read: ReadSql<Tables>,
  classId: string,
): Promise<Satisfaction & { readonly toldByProvider: number }> {
  const { toldByProvider, ...given } = await read
    .selectFrom('enrolment as e')
    .leftJoin('satisfaction_answer as n', 'n.enrolment_id', 'e.id')
    .where('e.class_id', '=', classId)
    .select(({ fn, val }) => [
      fn.count<number>('n.score').as('answers'),
      fn.coalesce(fn.sum<number>('n.score'), val(0)).as('sum'),
      fn.count<number>('e.satisfaction').as('toldByProvider'),
    ])
    .executeTakeFirstOrThrow();
  return { ...satisfactionOf(given), toldByProvider };
}

/** Those of some classes that an account keeps or has entered a result of: by its grants of now, or by its hand. */
export async function keptClasses(
  read: ReadSql<Tables>,
  by: Pick<Reader, 'caller' | 'now'>,
  classIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await read
    .selectFrom('training_class as c')
    .where('c.id', 'in', classIds)
    .where((eb) =>
      eb.or([
        classVisible(eb, callingAs(by, recordResults)),
        eb.exists(
          eb
            .selectFrom('enrolment as e')
            .whereRef('e.class_id', '=', 'c.id')
            .where('e.marked_by', '=', by.caller.id)
            .select('e.id'),
        ),
      ]),
    )
    .select('c.id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Whether an account keeps one class or has entered a result of it. */
export const keepsClass = async (
  read: ReadSql<Tables>,
  by: Pick<Reader, 'caller' | 'now'>,
  classId: string,
): Promise<boolean> => (await keptClasses(read, by, [classId])).size > 0;

/** An account as the rule of slips sees it. */
export async function slipPrinter(read: ReadSql<Tables>, by: Pick<Reader, 'caller' | 'now'>, classId: string) {
  const own = await ownLearners(read, callingAs(by, printSlips), classId);
  return { keepsClass: await keepsClass(read, by, classId), ownLearners: own.length };
}

/** The learners of a class within a caller's regions who have not left, those of one household together. */
export function ownLearners(
  read: ReadSql<Tables>,
  caller: Caller,
  classId: string,
): Promise<{ id: string; personName: string; householdNumber: string; villageName: string }[]> {
  return read
    .selectFrom('enrolment as e')
    .innerJoin('training_class as c', 'c.id', 'e.class_id')
    .where('e.class_id', '=', classId)
    .where('e.withdrawn_on', 'is', null)
    .where((eb) => learnerVisible(eb, caller))
    .orderBy('e.village_code')
    .orderBy('e.household_number')
    .orderBy('e.person_name')
    .orderBy('e.id')
    .select(['e.id', 'e.person_name as personName', 'e.household_number as householdNumber'])
    .select('e.village_name as villageName')
    .execute();
}
