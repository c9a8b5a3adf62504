import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { FigureKey } from '@bangfu/contracts/core/figures';
import type { AnswerInputOf, Operation, ServiceName } from '@bangfu/contracts/core/operation';
import type { z } from 'zod';
import { type Caller, usableGrants } from '../auth/caller.ts';

type Figure = AnswerInputOf<EveryService['getHome']>['figures'][number];
type Filters = Readonly<Record<string, string>>;

/** A figure before it is counted: its key, its unit and the rows of `list` that it counts. */
interface Counted<S extends ServiceName, Q extends z.ZodType> {
  readonly key: FigureKey<S>;
  readonly unit: Figure['unit'];
  readonly list: Operation<z.ZodType, Q>;
  readonly params?: Filters;
  readonly query?: Filters;
}

/**
 * The figures of a service's home. Each is counted with the grants that open its list, so that it equals what the list
 * shows this caller; who may not open the list sees the figure of the home's own grants, without a link.
 */
export function homeFigures<S extends ServiceName>(service: S, caller: Caller, now: Date) {
  async function exact<Q extends z.ZodType>(
    { key, unit, list, params = {}, query = {} }: Counted<S, Q>,
    count: (reader: Caller) => Promise<number | null>,
  ): Promise<Figure[]> {
    const usable = usableGrants(caller, list.access, service, now);
    const opens = usable.length > 0;
    const value = await count(opens ? { ...caller, usable } : caller);
    // A rate of nothing is not shown as zero.
    if (value === null) return [];
    const shown = Number.isSafeInteger(value) ? value : null;
    return [{ key, value: shown, unit, link: opens ? { params, query } : null }];
  }
  return {
    /** A figure that is computed; null when there is nothing to compute it from. */
    exact,
    /** A figure that is the total of its list. */
    total: <Q extends z.ZodType>(
      counted: Counted<S, Q>,
      list: (reader: Caller, query: z.output<Q>) => Promise<{ readonly total: number }>,
    ): Promise<Figure[]> =>
      exact(counted, async (reader) => {
        const query = counted.list.query?.parse({ ...counted.query, limit: '1' }) as z.output<Q>;
        return (await list(reader, query)).total;
      }),
  };
}
