import { operation } from '@bangfu/contracts/core/operation';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConnectionContext, useCommand } from './data.ts';

const keep = operation({
  id: 'keep',
  owner: 'gateway',
  method: 'POST',
  path: '/kept',
  summary: { zh: '保存', en: 'Keep' },
  access: 'signed-in',
  audit: 'kept',
  body: z.object({ amountFen: z.int() }),
  answer: z.object({}),
});

/** A platform of which every answer but the wanted ones is lost on its way. */
function platform(answers: readonly boolean[]) {
  const keys: (string | null)[] = [];
  const connection = {
    baseUrl: '',
    fetch: async (_: unknown, init?: RequestInit) => {
      keys.push(new Headers(init?.headers).get('idempotency-key'));
      if (!answers[keys.length - 1]) throw new TypeError('the line is gone');
      return Response.json({});
    },
  };
  const client = new QueryClient();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <ConnectionContext.Provider value={connection}>{children}</ConnectionContext.Provider>
    </QueryClientProvider>
  );
  return { keys, wrapper };
}

describe('given a command whose answer may be lost', () => {
  it('when the same is submitted again it is the same act; another content, or one after the answer, is a new one', async () => {
    const { keys, wrapper } = platform([false, true, true, false, true]);
    const { result } = renderHook(() => useCommand(keep), { wrapper });
    const submit = async (amountFen: number, isAnswered: boolean) => {
      act(() => result.current.mutate({ body: { amountFen } }));
      await waitFor(() => expect(result.current.status).toBe(isAnswered ? 'success' : 'error'));
    };
    await submit(100, false);
    await submit(100, true);
    await submit(100, true);
    await submit(200, false);
    await submit(300, true);
    const [lost, repeated, later, other, another] = keys;
    expect(repeated).toBe(lost);
    expect(new Set([lost, later, other, another]).size).toBe(4);
  });
});
