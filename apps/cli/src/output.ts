import { type Problem, ProblemError } from '@bangfu/contracts/core/problem';
import { ZodError } from 'zod';
import { CliError } from './errors.ts';
import { type Language, type LocalCode, localText } from './messages.ts';

/** Where a command writes; the process's own streams, or a test's. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

/** What a command says: its result on standard output, everything else on standard error. */
export interface Output {
  readonly json: boolean;
  readonly streams: Streams;
  /** The command's one result: the document under --json, else the lines. */
  readonly result: (document: unknown, lines: () => readonly string[]) => void;
  /** A remark on standard error. */
  readonly note: (text: string) => void;
  /** The reason of a failure: problem+json under --json, else a sentence. @returns the exit code */
  readonly refuse: (error: unknown) => 1 | 2;
}

const STATUS: Readonly<Record<LocalCode, number>> = {
  NOT_REACHABLE: 503,
  CONNECTION_LOST: 503,
  NO_PROPER_ANSWER: 502,
  USAGE: 400,
  SETTING_WRONG: 400,
  FILE_UNUSABLE: 400,
  ACCOUNT_UNKNOWN: 404,
  POLICY_UNKNOWN: 404,
  JOB_FAILED: 500,
  JOB_CANCELLED: 409,
  UNEXPECTED: 500,
};

const hasText = (value: unknown, key: string): string | null =>
  typeof value === 'object' && value !== null && key in value ? String((value as Record<string, unknown>)[key]) : null;

/** What went wrong in words of our own, whatever was thrown. */
function ownError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof ZodError) {
    return new CliError('NO_PROPER_ANSWER', { path: error.issues[0]?.path.join('.') ?? '' });
  }
  if (error instanceof TypeError && error.cause !== undefined) return new CliError('CONNECTION_LOST');
  const file = hasText(error, 'path');
  const reason = hasText(error, 'code');
  if (file !== null && reason !== null) return new CliError('FILE_UNUSABLE', { file, reason });
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'WrongSetting')
    return new CliError('SETTING_WRONG', { reason: message });
  return new CliError('UNEXPECTED', { reason: message });
}

/** Any failure as problem details (RFC 9457). */
function toProblem(error: unknown, language: Language): Problem {
  if (error instanceof ProblemError) return error.problem;
  const { code, params } = ownError(error);
  const text = localText(code, params, language);
  return { type: `urn:bangfu:problem:${code}`, title: text, status: STATUS[code], code, detail: text, instance: '' };
}

function sentences(problem: Problem): string[] {
  const more = problem.detail === '' || problem.detail === problem.title || problem.errors ? [] : [problem.detail];
  const fields = (problem.errors ?? []).map((each) => `  ${each.path}：${each.message}`);
  const number = problem.instance === '' ? '' : `，编号 ${problem.instance}`;
  return [`${problem.title}（${problem.code}${number}）`, ...more, ...fields];
}

/** Makes the output of one run. */
export function createOutput(streams: Streams, json: boolean, language: Language): Output {
  const print = (document: unknown) => streams.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  const note = (text: string) => {
    streams.stderr.write(`${text}\n`);
  };
  return {
    json,
    streams,
    note,
    result: (document, lines) => {
      if (json) print(document);
      else streams.stdout.write(`${lines().join('\n')}\n`);
    },
    refuse: (error) => {
      const problem = toProblem(error, language);
      if (json) print(problem);
      for (const line of sentences(problem)) note(line);
      return problem.code === 'USAGE' || problem.code === 'SETTING_WRONG' ? 2 : 1;
    },
  };
}
