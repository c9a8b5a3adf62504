import { CERTIFICATES, TRAINING_DEADLINES } from '@bangfu/contracts/training/policies';
import { policyOn, policyVersions } from '@bangfu/platform/policy/policy-on';
import type { CertificatePolicy } from '@bangfu/domain/training/policy';
import { everyService } from '@bangfu/contracts/core/every-service';
import { recordAttendance } from '@bangfu/contracts/training/attendance';
import { issueCertificates } from '@bangfu/contracts/training/certificates';
import { enrolPerson, recordResults } from '@bangfu/contracts/training/enrolments';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type BusinessDay, businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { workDue } from '@bangfu/domain/shared/work-policy';
import type { Caller } from '@bangfu/platform/auth/caller';
import { MOST_OF_A_KIND, toWork, type Waiting, type WaitingKind, waitingFor } from '@bangfu/platform/work';
import { sql } from 'kysely';
import { providersOf } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';

const contract = everyService('training');

interface Found {
  readonly id: string;
  readonly name: string;
  readonly day: string;
  readonly count: number;
  /** Of its kind, listed or not. */
  readonly total: number;
}

/** The office may call the roll too, but waits for the provider to do it. */
const PROVIDER = ['training-provider'] as const;

/** What waits for the caller: calls of the roll and results for a provider, certificates for the office, places for villages. */
export const listWork = query(contract.listWork, async ({ read, caller, now }) => {
  const today = businessDayOf(now);
  const found = await Promise.all([
    waitingFor(recordAttendance, caller, now, (as) => missingSheets(read, as, today), PROVIDER),
    waitingFor(recordResults, caller, now, (as) => missingResults(read, as, today), PROVIDER),
    waitingFor(issueCertificates, caller, now, async (as) => {
      const policy = await policyOn(read, as.countyCode, CERTIFICATES, today);
      return readyForCertificate(read, as, policy.value);
    }),
    waitingFor(enrolPerson, caller, now, (as) => openClasses(read, as, today)),
  ]);
  return toWork(found, today);
});

const listed = (rows: readonly Found[], toItem: (row: Found) => Waiting): WaitingKind => ({
  items: rows.map(toItem),
  total: rows[0]?.total ?? 0,
});

async function missingSheets(read: ReadSql<Tables>, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const rows = await read
    .selectFrom('class_session as s')
    .innerJoin('training_class as c', 'c.id', 's.class_id')
    .innerJoin('enrolment as e', (join) => join.onRef('e.class_id', '=', 'c.id').on('e.withdrawn_on', 'is', null))
    .where('c.county_code', '=', caller.countyCode)
    .where('c.provider_id', 'in', providersOf(caller))
    .where('s.cancelled', 'is', null)
    .where('s.day', '<=', today)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('attendance as a')
            .whereRef('a.session_id', '=', 's.id')
            .whereRef('a.enrolment_id', '=', 'e.id')
            .select('a.mark'),
        ),
      ),
    )
    .groupBy(['s.id', 'c.id'])
    .orderBy('s.day')
    .orderBy('s.id')
    .limit(MOST_OF_A_KIND)
    .select(['s.id', 'c.name', 's.day'])
    .select(({ fn }) => [fn.count<number>('e.id').as('count'), fn.countAll<number>().over().as('total')])
    .execute();
  return listed(rows, ({ id, name, day, count }) => ({
    id,
    kind: 'attendance-to-record' as const,
    title: `点名：${name}`,
    detail: `${day} 的课次还有 ${count} 人未点名`,
    due: businessDay(day),
    link: `/training/attendance/${id}`,
  }));
}

async function missingResults(read: ReadSql<Tables>, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const rows = await read
    .selectFrom('training_class as c')
    .innerJoin('enrolment as e', (join) =>
      join.onRef('e.class_id', '=', 'c.id').on('e.withdrawn_on', 'is', null).on('e.mark', 'is', null),
    )
    .where('c.county_code', '=', caller.countyCode)
    .where('c.provider_id', 'in', providersOf(caller))
    .where('c.ends', '<', today)
    .groupBy('c.id')
    .orderBy('c.ends')
    .orderBy('c.id')
    .limit(MOST_OF_A_KIND)
    .select(['c.id', 'c.name', 'c.ends as day'])
    .select(({ fn }) => [fn.count<number>('e.id').as('count'), fn.countAll<number>().over().as('total')])
    .execute();
  const deadlines = await policyVersions(read, caller.countyCode, TRAINING_DEADLINES);
  return listed(rows, ({ id, name, day, count }) => {
    const due = workDue(deadlines, 'results-to-record', businessDay(day));
    return {
      id,
      kind: 'results-to-record',
      title: `登记考核成绩：${name}`,
      detail: `培训已于 ${day} 结束，${count} 人没有成绩`,
      due,
      link: `/training/classes/${id}#results`,
    };
  });
}

async function readyForCertificate(
  read: ReadSql<Tables>,
  caller: Caller,
  { minAttendanceBp, passMark }: CertificatePolicy,
): Promise<WaitingKind> {
  const rows = await read
    .selectFrom('training_class as c')
    .innerJoin('enrolment as e', (join) =>
      join.onRef('e.class_id', '=', 'c.id').on('e.withdrawn_on', 'is', null).on('e.mark', '>=', passMark),
    )
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('class_session as s')
          .leftJoin('attendance as a', (join) =>
            join.onRef('a.session_id', '=', 's.id').onRef('a.enrolment_id', '=', 'e.id'),
          )
          .whereRef('s.class_id', '=', 'c.id')
          .where('s.cancelled', 'is', null)
          .select(({ fn }) => [
            fn.count<number>('s.id').as('held'),
            fn.count<number>('a.session_id').filterWhere('a.mark', '=', 'present').as('attended'),
          ])
          .as('v'),
      (join) => join.onTrue(),
    )
    .where('c.county_code', '=', caller.countyCode)
    .where('e.marked_by', '<>', caller.id)
    .where('v.held', '>', 0)
    .where((eb) => sql<boolean>`${eb.ref('v.attended')} * 10000 >= ${minAttendanceBp}::int * ${eb.ref('v.held')}`)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('certificate as t').whereRef('t.enrolment_id', '=', 'e.id').select('t.id'))),
    )
    .groupBy('c.id')
    .orderBy('c.ends')
    .orderBy('c.id')
    .limit(MOST_OF_A_KIND)
    .select(['c.id', 'c.name', 'c.ends as day'])
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.countAll<number>().over().as('total')])
    .execute();
  const deadlines = await policyVersions(read, caller.countyCode, TRAINING_DEADLINES);
  return listed(rows, ({ id, name, day, count }) => {
    const due = workDue(deadlines, 'certificates-to-issue', businessDay(day));
    return {
      id,
      kind: 'certificates-to-issue',
      title: `发放证书：${name}`,
      detail: `${count} 人出勤和考核合格，等待发证`,
      due,
      link: `/training/classes/${id}#certificates`,
    };
  });
}

async function openClasses(read: ReadSql<Tables>, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const rows = await read
    .selectFrom('training_class as c')
    .leftJoin('enrolment as e', (join) => join.onRef('e.class_id', '=', 'c.id').on('e.withdrawn_on', 'is', null))
    .where('c.county_code', '=', caller.countyCode)
    .where('c.begins', '>=', today)
    .groupBy('c.id')
    .having((eb) => eb(eb.fn.count<number>('e.id'), '<', eb.ref('c.capacity')))
    .orderBy('c.begins')
    .orderBy('c.id')
    .limit(MOST_OF_A_KIND)
    .select(['c.id', 'c.name', 'c.begins as day'])
    .select((eb) => [
      eb('c.capacity', '-', eb.fn.count<number>('e.id')).as('count'),
      eb.fn.countAll<number>().over().as('total'),
    ])
    .execute();
  return listed(rows, ({ id, name, day, count }) => ({
    id,
    kind: 'class-to-fill',
    title: `组织报名：${name}`,
    detail: `${day} 开课，还有 ${count} 个名额`,
    due: businessDay(day),
    link: `/training/classes/${id}#learners`,
  }));
}
