import { call, type Connection, type Input } from '@bangfu/contracts/core/client';
import { actKey } from '@bangfu/contracts/core/key';
import type { AnswerOf, Operation } from '@bangfu/contracts/core/operation';
import { ProblemError } from '@bangfu/contracts/core/problem';
import {
  hashKey,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useRef } from 'react';
import type { z } from 'zod';
import type { SheetData } from '../worksheet-types.tsx';
import { uiText } from './i18n.ts';
import type { Problem } from './problem.ts';
import { isNotSignedIn, useSessionEnded } from './session-end.ts';
import { useSureOfDays } from './sure-of-days.ts';
import { tellTabs } from './tabs.ts';

type InputOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Input<z.input<P>, z.input<Q>, z.input<B>>;

/** The way to the platform; the application gives it, the building blocks do not know where answers come from. */
export const ConnectionContext = createContext<Connection | null>(null);

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('no connection: mountApp provides it');
  return connection;
}

/** Under what an answer is kept; the first part is its owner, by which all of an owner's answers are asked again. */
export const operationKey = (op: Operation, input: Input<unknown, unknown, unknown>) => [
  op.owner,
  op.id,
  input.params ?? null,
  input.query ?? null,
];

/**
 * The answer of a reading operation, kept and shared by its input; the previous one stays while the next is on its
 * way, so nothing jumps.
 */
export function useOperation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  op: Operation<P, Q, B, A>,
  input: InputOf<P, Q, B> = {},
  options: {
    enabled?: boolean;
    /** How long an answer counts as new, in milliseconds; 0 = it is asked again each time it is shown. */
    staleTime?: number;
    /** How often it is asked again, in milliseconds; a function says so by the last answer. */
    refetchInterval?: number | false | ((last: AnswerOf<Operation<P, Q, B, A>> | undefined) => number | false);
  } = {},
): UseQueryResult<AnswerOf<Operation<P, Q, B, A>>> {
  const connection = useConnection();
  const { refetchInterval: asked = false, ...rest } = options;
  // Who has to sign in again first would only be refused.
  const again = useSessionEnded() ? false : asked;
  return useQuery({
    queryKey: operationKey(op, input),
    queryFn: ({ signal }) => call(connection, op, { ...input, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: typeof again === 'function' ? (query) => again(query.state.data) : again,
    ...rest,
  });
}

/** A line that is up but answers nothing is given up after this long; sending the same again has one effect. */
const PATIENCE_MS = 120_000;

/** Calls with a limit to the waiting; without one, as for an upload, it waits as long as the line is up. */
async function within<T>(limitMs: number | null, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const control = new AbortController();
  const timer = limitMs === null ? undefined : setTimeout(() => control.abort(), limitMs);
  try {
    return await run(control.signal);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A changing operation. What its service answered before is asked again afterwards, here and in the person's other
 * tabs, unless `refresh` says what is. An act is done once: while the same one is under way, pressing again joins it,
 * and until its answer has come it keeps one idempotency key, so a repeat after a lost answer has one effect.
 */
export function useCommand<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  op: Operation<P, Q, B, A>,
  options: {
    onDone?: (answer: AnswerOf<Operation<P, Q, B, A>>) => void;
    refresh?: (client: QueryClient) => Promise<unknown>;
    /** How long an answer is waited for, in milliseconds. */
    patienceMs?: number;
  } = {},
): UseMutationResult<AnswerOf<Operation<P, Q, B, A>>, Error, InputOf<P, Q, B>> {
  type Answer = AnswerOf<Operation<P, Q, B, A>>;
  const connection = useConnection();
  const client = useQueryClient();
  const whenSure = useSureOfDays();
  const unanswered = useRef(new Map<string, string>());
  const underWay = useRef(new Map<string, Promise<Answer>>());
  // A file has no text to be known by: sending one is always a new act, and the service knows the same bytes.
  const actOf = useCallback(
    (input: InputOf<P, Q, B>) => (op.upload ? actKey() : hashKey([input.params, input.query, input.body])),
    [op],
  );
  const mutation = useMutation({
    mutationFn: (asked: InputOf<P, Q, B>) =>
      whenSure(op, asked, async (input) => {
        const act = actOf(input);
        const key = unanswered.current.get(act) ?? actKey();
        unanswered.current.set(act, key);
        try {
          const answer = await within(op.upload ? null : (options.patienceMs ?? PATIENCE_MS), (signal) =>
            call(connection, op, { idempotencyKey: key, signal, ...input }),
          );
          unanswered.current.delete(act);
          return answer;
        } catch (error) {
          // Done before, by an answer that was lost with the secret in it: pressing again is another act.
          if (error instanceof ProblemError && error.problem.code === 'SHOWN_ONCE') unanswered.current.delete(act);
          throw error;
        }
      }),
    onSuccess: async (answer) => {
      tellTabs(op.owner);
      await (options.refresh?.(client) ?? client.invalidateQueries({ queryKey: [op.owner] }));
      options.onDone?.(answer);
    },
  });

  const { mutateAsync: begin, error, reset } = mutation;
  const mutateAsync = useCallback<typeof begin>(
    (input, more) => {
      const act = actOf(input);
      const running = underWay.current.get(act) ?? begin(input, more).finally(() => underWay.current.delete(act));
      underWay.current.set(act, running);
      return running;
    },
    [actOf, begin],
  );
  const mutate = useCallback<typeof mutation.mutate>(
    (input, more) => {
      // The refusal is in the result; here it only must not count as one nobody takes.
      mutateAsync(input, more).catch(() => undefined);
    },
    [mutateAsync],
  );

  // Who signed in again presses the button again: that he had to sign in is no longer worth a message.
  const isEnded = useSessionEnded();
  useEffect(() => {
    if (!isEnded && isNotSignedIn(error)) reset();
  }, [isEnded, error, reset]);
  return { ...mutation, mutate, mutateAsync };
}

/** Sends a command under a key of the caller's own: for an act that is sent in portions and refreshed at its end. */
export function useSend<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  op: Operation<P, Q, B, A>,
): (input: InputOf<P, Q, B>) => Promise<AnswerOf<Operation<P, Q, B, A>>> {
  const connection = useConnection();
  return (input) => within(PATIENCE_MS, (signal) => call(connection, op, { signal, ...input }));
}

/** An error as the screens show it: a refusal of the platform, or that it could not be reached. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) {
    const { problem } = error;
    return problem.code === 'NO_PROPER_ANSWER' ? { ...problem, title: uiText('problem.noProperAnswer') } : problem;
  }
  const offline = typeof navigator !== 'undefined' && !navigator.onLine;
  return {
    title: uiText(offline ? 'state.offline' : 'problem.notReachable'),
    detail: uiText('problem.repeatIsSafe'),
    code: offline ? 'OFFLINE' : 'NOT_REACHABLE',
  };
}

/** A list's answer as a worksheet takes it. */
export function sheetData<Row>(
  result: UseQueryResult<{
    rows: readonly Row[];
    total: number;
    next: string | null;
    unshown?: readonly string[] | undefined;
  }>,
): SheetData<Row> {
  if (result.data) {
    const { rows, total, next, unshown = [] } = result.data;
    return { state: 'ready', rows, total, next, unshown, refreshing: result.isPlaceholderData };
  }
  if (result.isError) {
    return { state: 'failed', problem: problemOf(result.error), retry: () => void result.refetch() };
  }
  return { state: 'loading' };
}
