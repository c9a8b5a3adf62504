import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { listCertificates } from '@bangfu/contracts/training/certificates';
import { listClasses } from '@bangfu/contracts/training/classes';
import { getCoverage } from '@bangfu/contracts/training/coverage';
import { listTrainees } from '@bangfu/contracts/training/trainees';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { homeFigures } from '@bangfu/platform/overview/figures';
import type { Training } from '../../db/client.ts';
import { readCoverage } from '../../db/read-coverage.ts';
import { findCertificates } from '../certificates/list-certificates/list-certificates.query.ts';
import { findClasses } from '../classes/list-classes/list-classes.query.ts';
import { findTrainees, readAttendanceRate } from '../trainees/list-trainees/list-trainees.query.ts';

/** This service's figures within the caller's scope: classes of the county, persons, marks, certificates, coverage. */
export async function readHome(
  service: Training,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['getHome']>> {
  const { exact, total } = homeFigures('training', caller, now);
  const figures = await Promise.all([
    total({ key: 'classes', unit: 'item', list: listClasses, query: { own: 'true' } }, (reader, query) =>
      findClasses(service, reader, query, now),
    ),
    total({ key: 'enrolledPersons', unit: 'person', list: listTrainees }, (reader, query) =>
      findTrainees(service, reader, query),
    ),
    exact({ key: 'attendanceRate', unit: 'basis-point', list: listTrainees }, (reader) =>
      readAttendanceRate(service, reader),
    ),
    total({ key: 'certificates', unit: 'item', list: listCertificates, query: { state: 'valid' } }, (reader, query) =>
      findCertificates(service, reader, query),
    ),
    exact({ key: 'skillCoverage', unit: 'basis-point', list: getCoverage }, async (reader) => {
      const sql = pgSql(readsOf(service, reader));
      return (await readCoverage(sql, likeAny(regionPrefixes(reader)), businessDayOf(now))).total.coverageBp;
    }),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
}
