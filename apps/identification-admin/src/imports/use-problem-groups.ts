import { countImportProblems, type ImportProblemGroup as Counted } from '@bangfu/contracts/identification/imports';
import { ROSTER_CODES, type RosterCode } from '@bangfu/domain/identification/roster/problem';
import type { ImportProblemGroup } from '@bangfu/ui/import-problems';
import { useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import type { TextKey } from '../texts.zh-CN.ts';

/** All problems of an import counted by code and village; null until they are known. */
export function useProblemGroups(
  importId: string,
  enabled: boolean,
): { readonly groups: readonly ImportProblemGroup[] | null; readonly error: unknown; readonly retry: () => void } {
  const t = useText<TextKey>();
  const counted = useOperation(countImportProblems, { params: { importId } }, { enabled, staleTime: 0 });
  const groups = counted.data?.rows.map((row) =>
    groupOf(row, isKnown(row.code) ? t(`imports.problem.${row.code}`) : row.code, t('imports.noVillage')),
  );
  return {
    // While they are on their way there is nothing to say, least of all that there are none.
    groups: groups ?? null,
    error: counted.data ? null : counted.error,
    retry: () => void counted.refetch(),
  };
}

const isKnown = (code: string): code is RosterCode => code in ROSTER_CODES;

function groupOf({ code, severity, village, count }: Counted, title: string, noVillage: string): ImportProblemGroup {
  return { code, title, village: village ?? noVillage, blocking: severity === 'error', count, samples: [] };
}
