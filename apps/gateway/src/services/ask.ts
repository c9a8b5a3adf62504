import { call, type Input } from '@bangfu/contracts/core/client';
import type { AnswerOf, Operation, ServiceName } from '@bangfu/contracts/core/operation';
import { type Problem, ProblemError } from '@bangfu/contracts/core/problem';
import type { z } from 'zod';
import type { makeLog } from '@bangfu/platform/logging/log';

/** What came of asking a service: an answer, a refusal, or nothing in time. */
export type Asked<T> =
  | { readonly state: 'answered'; readonly data: T }
  | { readonly state: 'refused'; readonly problem: Problem }
  | { readonly state: 'absent' };

/** On whose behalf a service is asked; without a token it is the public that asks. */
export interface Asking {
  readonly token?: string | undefined;
  readonly language: 'zh' | 'en';
  readonly requestId: string;
  readonly address: string;
  /** Milliseconds after which the service counts as absent. */
  readonly deadlineMs: number;
}

export type ServiceUrls = Readonly<Record<ServiceName, string>>;

/** The five services as the gateway sees them. */
export interface Services {
  readonly urls: ServiceUrls;
  ask<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    service: ServiceName,
    op: Operation<P, Q, B, A>,
    input: Input<z.input<P>, z.input<Q>, z.input<B>>,
    asking: Asking,
  ): Promise<Asked<AnswerOf<Operation<P, Q, B, A>>>>;
}

/** Opens the services at their addresses. */
export function openServices(urls: ServiceUrls, log: ReturnType<typeof makeLog>): Services {
  return {
    urls,
    async ask(service, op, input, asking) {
      const headers = () => ({
        'accept-language': asking.language === 'en' ? 'en' : 'zh-CN',
        'x-request-id': asking.requestId,
        'x-forwarded-for': asking.address,
        ...(asking.token ? { authorization: `Bearer ${asking.token}` } : {}),
      });
      const signal = AbortSignal.timeout(asking.deadlineMs);
      try {
        return { state: 'answered', data: await call({ baseUrl: urls[service], headers }, op, { ...input, signal }) };
      } catch (error) {
        if (error instanceof ProblemError && error.problem.status < 500)
          return { state: 'refused', problem: error.problem };
        log.warn({ err: error, service, operation: op.id }, 'a service did not answer');
        return { state: 'absent' };
      }
    },
  };
}
