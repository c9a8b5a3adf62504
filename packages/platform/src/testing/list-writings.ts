import { ProblemError } from '@bangfu/contracts/core/problem';
import { type GoodList, listWritings, type RightAnswer } from '@bangfu/testkit/bad-lists';

/** What a service found in a list: with any problem it took nothing of it. */
export interface BroughtList {
  readonly problems: readonly { readonly code: string; readonly row: number; readonly column: string }[];
  readonly warnings: readonly { readonly code: string }[];
}

async function answerOf(bring: () => Promise<BroughtList>): Promise<RightAnswer> {
  try {
    const { problems, warnings } = await bring();
    const [first] = problems;
    if (first) return { problem: first.code, row: first.row, column: first.column };
    return { taken: true, warnings: warnings.map(({ code }) => code) };
  } catch (error) {
    if (error instanceof ProblemError) return { refused: error.problem.code };
    throw error;
  }
}

/**
 * Brings a list in every writing that offices and programs have for it. @returns by the writing's name what was answered
 * and what is right, to be compared; a refusal whose code is the service's own counts as right whatever it is
 */
export async function bringWritings(
  good: GoodList,
  bring: (body: Buffer, right: RightAnswer) => Promise<BroughtList>,
): Promise<{ readonly answered: Record<string, RightAnswer>; readonly right: Record<string, RightAnswer> }> {
  const answered: Record<string, RightAnswer> = {};
  const right: Record<string, RightAnswer> = {};
  for (const writing of listWritings(good)) {
    const answer = await answerOf(() => bring(writing.body, writing.right));
    answered[writing.name] = answer;
    const isOwnRefusal = 'refused' in writing.right && writing.right.refused === null && 'refused' in answer;
    right[writing.name] = isOwnRefusal ? answer : writing.right;
  }
  return { answered, right };
}
