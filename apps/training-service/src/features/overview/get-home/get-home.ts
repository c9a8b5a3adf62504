import { everyService } from '@bangfu/contracts/core/every-service';
import { listCertificates } from '@bangfu/contracts/training/certificates';
import { listClasses } from '@bangfu/contracts/training/classes';
import { getCoverage } from '@bangfu/contracts/training/coverage';
import { listTrainees } from '@bangfu/contracts/training/trainees';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { homeFigures } from '@bangfu/platform/overview/figures';
import { readCoverage } from '../../../db/read-coverage.ts';
import { query, readAs } from '../../../operations.ts';
import { findCertificates } from '../../certificates/list-certificates/list-certificates.ts';
import { findClasses } from '../../classes/list-classes/list-classes.ts';
import { findTrainees, readAttendanceRate } from '../../trainees/list-trainees/list-trainees.ts';

const contract = everyService('training');

/** This service's figures within the caller's scope: classes of the county, persons, marks, certificates, coverage. */
export const getHome = query(contract.getHome, async ({ caller, now, kit }) => {
  const { exact, total } = homeFigures('training', caller, now);
  const figures = await Promise.all([
    total({ key: 'classes', unit: 'item', list: listClasses, query: { own: 'true' } }, (reader, asked) =>
      findClasses(readAs(kit, reader), reader, asked, now),
    ),
    total({ key: 'enrolledPersons', unit: 'person', list: listTrainees }, (reader, asked) =>
      findTrainees(readAs(kit, reader), reader, asked),
    ),
    exact({ key: 'attendanceRate', unit: 'basis-point', list: listTrainees }, (reader) =>
      readAttendanceRate(readAs(kit, reader), reader),
    ),
    total({ key: 'certificates', unit: 'item', list: listCertificates, query: { state: 'valid' } }, (reader, asked) =>
      findCertificates(readAs(kit, reader), reader, asked),
    ),
    exact({ key: 'skillCoverage', unit: 'basis-point', list: getCoverage }, async (reader) => {
      const coverage = await readCoverage(readAs(kit, reader), reader, regionPrefixes(reader), businessDayOf(now));
      return coverage.total.coverageBp;
    }),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
});
