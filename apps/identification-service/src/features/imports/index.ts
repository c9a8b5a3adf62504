import { answerSamePersons } from './answer-same-persons/answer-same-persons.ts';
import { commitImport } from './commit-import/commit-import.ts';
import { countImportProblems } from './count-import-problems/count-import-problems.ts';
import { discardImport } from './discard-import/discard-import.ts';
import { downloadProblemsWorkbook } from './download-problems-workbook/download-problems-workbook.ts';
import { getImport } from './get-import/get-import.ts';
import { listImportProblems } from './list-import-problems/list-import-problems.ts';
import { listImports } from './list-imports/list-imports.ts';
import { rosterJob } from './roster/roster-job.ts';
import { undoImport } from './undo-import/undo-import.ts';
import { uploadRoster } from './upload-roster/upload-roster.ts';

/** The import desk: upload and dry run, report, problems, commit, discard, undo. */
export default [
  uploadRoster,
  rosterJob,
  listImports,
  getImport,
  listImportProblems,
  countImportProblems,
  downloadProblemsWorkbook,
  answerSamePersons,
  commitImport,
  discardImport,
  undoImport,
];
