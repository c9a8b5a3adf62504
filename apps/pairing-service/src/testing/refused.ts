import { ProblemError } from '@bangfu/contracts/core/problem';

/** With which code a call is refused; null when it is taken. */
export async function refused(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}
