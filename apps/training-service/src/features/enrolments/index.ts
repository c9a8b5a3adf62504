import { enrolPerson } from './enrol-person/enrol-person.ts';
import { findLearners } from './find-learners/find-learners.ts';
import { listEnrolments } from './list-enrolments/list-enrolments.ts';
import { recordResults } from './record-results/record-results.ts';
import { withdrawEnrolment } from './withdraw-enrolment/withdraw-enrolment.ts';

/** Who learns: search, enrolment, withdrawal, results. */
export default [findLearners, listEnrolments, enrolPerson, withdrawEnrolment, recordResults];
