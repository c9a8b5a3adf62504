import { amount, policy } from '@bangfu/contracts/core/policy';
import { policiesOf } from '@bangfu/contracts/core/policy-operations';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ConnectionContext } from './data.ts';
import { usePolicy } from './policy.ts';

const TRIAL = policy({
  service: 'training',
  key: 'trial',
  label: { zh: '试行标准', en: 'trial standard' },
  schema: z.object({ days: amount('天数', 'days', 'day', { max: 100 }).default(5) }),
  seeds: [],
});
const DECLARED = policiesOf('training', [TRIAL]);

it('given a page that is drawn again and asks again, then the value of a policy is the same object', async () => {
  const id = '01a232b4-0d43-7176-b733-f54423ed2a0a';
  const answer = { policy: 'trial', id, value: {}, validFrom: '2026-01-01', document: '县', paragraph: '', version: 1 };
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    return Response.json(answer);
  };
  const client = new QueryClient();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <ConnectionContext.Provider value={{ baseUrl: '', fetch }}>{children}</ConnectionContext.Provider>
    </QueryClientProvider>
  );
  const { result, rerender } = renderHook(() => usePolicy(DECLARED, TRIAL, null), { wrapper });
  await waitFor(() => expect(result.current.value).toEqual({ days: 5 }));
  const { value } = result.current;
  rerender();
  await result.current.found.refetch();
  rerender();
  expect(asked).toBe(2);
  expect(result.current.value).toBe(value);
});
