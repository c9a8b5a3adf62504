import { operation } from '@bangfu/contracts/core/operation';
import { onlineManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultQueryClient } from '../app.tsx';
import { ConnectionContext, problemOf, useCommand } from './data.ts';
import { followTabs } from './tabs.ts';

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

/** What a platform says of an act whose answer held a secret and was lost. */
const SHOWN = { type: '', title: '只显示一次', status: 409, code: 'SHOWN_ONCE', detail: '', instance: '' };

/** A platform of which every answer but the wanted ones is lost on its way. */
function platform(answers: readonly (boolean | 'shown')[], client = new QueryClient()) {
  const keys: (string | null)[] = [];
  let isHanging = false;
  const connection = {
    baseUrl: '',
    fetch: async (_: unknown, init?: RequestInit) => {
      keys.push(new Headers(init?.headers).get('idempotency-key'));
      if (isHanging) {
        await new Promise((_, fail) => {
          init?.signal?.addEventListener('abort', () => fail(new Error('given up')));
        });
      }
      const answer = answers[keys.length - 1];
      if (answer === 'shown') return Response.json(SHOWN, { status: 409 });
      if (!answer) throw new TypeError('the line is gone');
      return Response.json({});
    },
  };
  const hang = () => {
    isHanging = true;
  };
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <ConnectionContext.Provider value={connection}>{children}</ConnectionContext.Provider>
    </QueryClientProvider>
  );
  return { keys, wrapper, hang };
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

  it('when it showed a secret and was lost, then that is said, and pressing again is a new act', async () => {
    const { keys, wrapper } = platform([false, 'shown', true]);
    const { result } = renderHook(() => useCommand(keep), { wrapper });
    const submit = async (status: string, code?: string) => {
      act(() => result.current.mutate({ body: { amountFen: 100 } }));
      await waitFor(() => expect(result.current.status).toBe(status));
      if (code) await waitFor(() => expect(problemOf(result.current.error).code).toBe(code));
    };
    await submit('error');
    await submit('error', 'SHOWN_ONCE');
    await submit('success');
    const [lost, repeated, later] = keys;
    expect(repeated).toBe(lost);
    expect(later).not.toBe(lost);
  });
});

describe('given a button pressed twice', () => {
  it('then the act is done once, and another act of the same kind is not held up by it', async () => {
    const { keys, wrapper } = platform([true, true, true]);
    const { result } = renderHook(() => useCommand(keep), { wrapper });
    act(() => {
      result.current.mutate({ body: { amountFen: 100 } });
      result.current.mutate({ body: { amountFen: 100 } });
      result.current.mutate({ body: { amountFen: 200 } });
    });
    await waitFor(() => expect(result.current.status).toBe('success'));
    expect(keys.length).toBe(2);
    act(() => result.current.mutate({ body: { amountFen: 100 } }));
    await waitFor(() => expect(keys.length).toBe(3));
    expect(new Set(keys).size).toBe(3);
  });
});

describe('given a line that answers nothing', () => {
  it('then the wait has an end, and what is sent again is the same act', async () => {
    const { keys, wrapper, hang } = platform([true, true]);
    hang();
    const { result } = renderHook(() => useCommand(keep, { patienceMs: 30 }), { wrapper });
    const submit = () => act(() => result.current.mutate({ body: { amountFen: 100 } }));
    submit();
    await waitFor(() => expect(result.current.status).toBe('error'));
    expect(problemOf(result.current.error).title).toBe('无法连接到平台');
    submit();
    await waitFor(() => expect(keys.length).toBe(2));
    expect(keys[1]).toBe(keys[0]);
  });
});

describe('given a device without signal', () => {
  it('then an act fails at once and says so', async () => {
    onlineManager.setOnline(false);
    const { wrapper } = platform([false], defaultQueryClient());
    const { result } = renderHook(() => useCommand(keep), { wrapper });
    act(() => result.current.mutate({ body: { amountFen: 100 } }));
    await waitFor(() => expect(result.current.status).toBe('error'));
    onlineManager.setOnline(true);
  });
});

describe('given two tabs of one person', () => {
  it('when one changes something, then the other asks its owner again', async () => {
    const other = new QueryClient();
    other.setQueryData(['gateway', 'list'], []);
    other.setQueryData(['industry', 'list'], []);
    const tab = new BroadcastChannel('bangfu.changed');
    tab.onmessage = ({ data }: MessageEvent<unknown>) => void other.invalidateQueries({ queryKey: [data] });
    const { wrapper } = platform([true]);
    const { result } = renderHook(() => useCommand(keep), { wrapper });
    act(() => result.current.mutate({ body: { amountFen: 100 } }));
    await waitFor(() => expect(other.getQueryState(['gateway', 'list'])?.isInvalidated).toBe(true));
    expect(other.getQueryState(['industry', 'list'])?.isInvalidated).toBe(false);
    tab.close();
  });

  it('when another tab has changed something, then this one asks again until it is left', async () => {
    const client = new QueryClient();
    client.setQueryData(['pairing', 'list'], []);
    const stop = followTabs(client);
    const tab = new BroadcastChannel('bangfu.changed');
    tab.postMessage('pairing');
    await waitFor(() => expect(client.getQueryState(['pairing', 'list'])?.isInvalidated).toBe(true));
    stop();
    tab.close();
  });
});

const dated = operation({
  ...keep,
  id: 'dated',
  body: z.object({ on: z.string(), sureOfDays: z.boolean().default(false) }),
});

describe('given an act whose service asks whether an unusual day is meant', () => {
  const asking = () => {
    const sent: unknown[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      const body = JSON.parse(init?.body as string) as { sureOfDays?: boolean };
      sent.push(body);
      if (body.sureOfDays) return Response.json({});
      const problem = { type: 'x', title: '请核对年份', status: 422, code: 'DAY_UNUSUAL', detail: '', instance: '' };
      return Response.json(problem, { status: 422 });
    };
    const wrapper = ({ children }: { readonly children: ReactNode }) => (
      <App>
        <QueryClientProvider client={new QueryClient()}>
          <ConnectionContext.Provider value={{ baseUrl: '', fetch }}>{children}</ConnectionContext.Provider>
        </QueryClientProvider>
      </App>
    );
    return { sent, ...renderHook(() => useCommand(dated), { wrapper }) };
  };

  it('when the person says that it is meant, then the same act goes again with that word', async () => {
    const { result, sent } = asking();
    act(() => result.current.mutate({ body: { on: '2062-01-01' } }));
    expect(await screen.findByText('请核对年份')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: '日期无误，继续' }));
    await waitFor(() => expect(result.current.status).toBe('success'));
    expect(sent).toEqual([{ on: '2062-01-01' }, { on: '2062-01-01', sureOfDays: true }]);
  });

  it('when the person wants to correct it, then nothing goes again and the question stays with the form', async () => {
    const { result, sent } = asking();
    act(() => result.current.mutate({ body: { on: '2062-01-01' } }));
    await userEvent.click(await screen.findByRole('button', { name: '返回修改' }));
    await waitFor(() => expect(result.current.status).toBe('error'));
    expect(problemOf(result.current.error).code).toBe('DAY_UNUSUAL');
    expect(sent).toHaveLength(1);
  });
});
