import type { Job } from '@bangfu/contracts/core/every-service';
import type { ImportReport, RosterImport } from '@bangfu/contracts/identification/imports';
import type { ImportNumbers, ImportStage, ImportState } from '@bangfu/ui/import-desk';
import type { ImportProblemGroup } from '@bangfu/ui/import-problems';
import { jobFigures } from '@bangfu/ui/app-frame';

/** The stages an import job names, in order. */
const STAGES = ['reading', 'checking', 'quality', 'writing'] as const;
export type StageKey = (typeof STAGES)[number];

/** The report's numbers in households, as the desk shows them. */
function deskNumbers(report: ImportReport): ImportNumbers {
  const { create, change, unchanged, heldBack } = report.households;
  return { new: create, changed: change, unchanged, held: heldBack };
}

/** How far each stage of a running import is. */
function deskStages(job: Job | undefined, commits: boolean, label: (key: StageKey) => string): ImportStage[] {
  const keys = commits ? STAGES : STAGES.slice(0, 3);
  const at = keys.findIndex((key) => key === job?.stage);
  return keys.map((key, index) => ({
    key,
    label: label(key),
    state: index < at ? 'done' : index === at ? 'working' : 'waiting',
    ...(index === at && job ? { figures: jobFigures(job) } : {}),
  }));
}

/** What the desk shows of an import. */
export function deskState(
  roster: RosterImport,
  job: Job | undefined,
  problems: readonly ImportProblemGroup[] | null,
  words: { stage: (key: StageKey) => string; failed: string; discarded: string },
): ImportState {
  const { report } = roster;
  const rows = report?.sheets.reduce((sum, sheet) => sum + sheet.dataRows, 0) ?? 0;
  const uploaded = { file: roster.fileName, rows };
  if (roster.state === 'checking' || roster.state === 'committing' || (roster.state === 'checked' && !problems)) {
    return {
      step: 'working',
      file: roster.fileName,
      stages: deskStages(job, roster.state === 'committing', words.stage),
    };
  }
  if (roster.state === 'checked' && report && problems) {
    return { step: 'answer', numbers: deskNumbers(report), problems, ...uploaded };
  }
  if ((roster.state === 'committed' || roster.state === 'undone') && report) {
    return {
      step: 'committed',
      numbers: deskNumbers(report),
      at: roster.committedAt ?? roster.createdAt,
      operator: roster.accountName,
      undone: roster.state === 'undone',
      ...uploaded,
    };
  }
  return {
    step: 'failed',
    problem: job?.problem
      ? { title: job.problem.title, code: job.problem.code, instance: job.id }
      : { title: roster.state === 'discarded' ? words.discarded : words.failed },
  };
}
