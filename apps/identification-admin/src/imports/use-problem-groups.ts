import { type ImportProblem, type ImportReport, listImportProblems } from '@bangfu/contracts/identification/imports';
import type { RosterCode } from '@bangfu/domain/identification/roster/problem';
import type { ImportProblemGroup } from '@bangfu/ui/import-problems';
import { useOperation } from '@bangfu/ui/lib/data';

const SAMPLES = 3;

/** The first problems of an import as the desk shows them, by code and village; null until they are known. */
export function useProblemGroups(
  importId: string,
  report: ImportReport | null,
  noVillage: string,
): ImportProblemGroup[] | null {
  const any = report !== null && Object.keys(report.problemCounts).length > 0;
  const list = useOperation(listImportProblems, { params: { importId }, query: { limit: 500 } }, { enabled: any });
  // While they are on their way there is nothing to say, least of all that there are none.
  if (any && !list.data) return null;
  return groupProblems(list.data?.rows ?? [], noVillage);
}

/** Puts problems together by code and village. */
export function groupProblems(problems: readonly ImportProblem[], noVillage: string): ImportProblemGroup[] {
  const groups = new Map<string, ImportProblem[]>();
  for (const problem of problems) {
    const key = `${problem.code} ${problem.village ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return [...groups.values()].map((members) => {
    const [first] = members as [ImportProblem];
    return {
      code: first.code,
      title: TITLES[first.code as RosterCode] ?? first.message,
      village: first.village ?? noVillage,
      blocking: first.severity === 'error',
      count: members.length,
      samples: members.slice(0, SAMPLES).map((problem) => ({
        sheet: problem.sheet,
        row: problem.row,
        message: problem.message,
        cells: [{ column: '', title: problem.column, value: problem.value || '（空）', wrong: true }],
      })),
    };
  });
}

const TITLES: Readonly<Record<RosterCode, string>> = {
  REQUIRED_EMPTY: '必填项为空',
  ID_SCIENTIFIC: '证件号码已变成科学记数，数字丢失',
  ID_INVALID: '证件号码不正确',
  REGION_UNKNOWN: '乡镇或行政村不在区划表内',
  HEAD_MISSING: '没有户主',
  HEAD_MULTIPLE: '不止一个户主',
  PERSON_TWICE: '同一证件号码出现多次',
  PERSON_ELSEWHERE: '此人在另一户中',
  VALUE_UNKNOWN: '无法识别的选项',
  NUMBER_INVALID: '应为数字',
  COUNT_MISMATCH: '人数与实际行数不符',
  COLUMN_UNKNOWN: '无法识别的列',
};
