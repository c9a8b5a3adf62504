import { DomainError } from '@bangfu/domain/shared/errors';
import { Refusal } from '@bangfu/platform/http/refusal';
import type { CaseFile } from './case.repository.ts';
import { sayCode } from './case-words.ts';

/** As many cases as one refusal names; the others are counted. */
const NAMED = 20;

/** A record of a batch with what it is called and why it cannot be done. */
interface Refused {
  /** As the command named it. */
  readonly id: string;
  readonly householdNumber: string;
  readonly headName: string;
  readonly error: DomainError;
}

const sentence = ({ householdNumber, headName, error: { code, params } }: Refused, language: 'zh' | 'en') =>
  [`${householdNumber} ${headName}`, sayCode(code, params, language)].join(language === 'zh' ? '：' : ': ');

/** The refusal of a batch of so many: each record with its reason, some of them in its words. */
export function batchRefusal(refused: readonly Refused[], total: number): Refusal {
  const named = (language: 'zh' | 'en') =>
    refused
      .slice(0, NAMED)
      .map((each) => sentence(each, language))
      .join(language === 'zh' ? '；' : '; ');
  return new Refusal(422, 'CASES_NOT_ALL', {
    params: { count: refused.length, total, zh: named('zh'), en: named('en') },
    errors: refused.map((each) => ({
      path: each.id,
      message: { zh: sentence(each, 'zh'), en: sentence(each, 'en') },
    })),
  });
}

/**
 * Decides on each case of a batch. One case is refused by its own code; of several every one that cannot be done is
 * named by number and name with its reason, so that the batch can be picked again without them.
 * @throws DomainError of the rules; Refusal CASES_NOT_ALL
 */
export function decideOnEach<T>(files: readonly CaseFile[], decide: (file: CaseFile) => T): T[] {
  const refused: Refused[] = [];
  const decided = files.flatMap((file) => {
    try {
      return [decide(file)];
    } catch (error) {
      if (!(error instanceof DomainError) || files.length === 1) throw error;
      refused.push({ id: file.id, householdNumber: file.householdNumber, headName: file.headName, error });
      return [];
    }
  });
  if (refused.length > 0) throw batchRefusal(refused, files.length);
  return decided;
}
