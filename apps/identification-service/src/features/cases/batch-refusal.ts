import { DomainError } from '@bangfu/domain/shared/errors';
import type { CaseFile } from './case.repository.ts';
import { sayCode } from './case-words.ts';

/** As many cases as one refusal names; the others are counted. */
const NAMED = 20;

interface Refused {
  readonly file: CaseFile;
  readonly error: DomainError;
}

/**
 * Decides on each case of a batch. One case is refused by its own code; of several every one that cannot be done is
 * named by number and name with its reason, so that the batch can be picked again without them.
 * @throws DomainError of the rules, or CASES_NOT_ALL
 */
export function decideOnEach<T>(files: readonly CaseFile[], decide: (file: CaseFile) => T): T[] {
  const refused: Refused[] = [];
  const decided = files.flatMap((file) => {
    try {
      return [decide(file)];
    } catch (error) {
      if (!(error instanceof DomainError) || files.length === 1) throw error;
      refused.push({ file, error });
      return [];
    }
  });
  if (refused.length === 0) return decided;
  const named = (language: 'zh' | 'en') =>
    refused
      .slice(0, NAMED)
      .map(({ file: { householdNumber, headName }, error: { code, params } }) => {
        const reason = sayCode(code, params, language);
        return language === 'zh'
          ? `${householdNumber} ${headName}：${reason}`
          : `${householdNumber} ${headName}: ${reason}`;
      })
      .join(language === 'zh' ? '；' : '; ');
  const counts = { count: refused.length, total: files.length };
  throw new DomainError('CASES_NOT_ALL', { ...counts, zh: named('zh'), en: named('en') });
}
