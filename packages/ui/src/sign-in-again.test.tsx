import type { Connection } from '@bangfu/contracts/core/client';
import { operation } from '@bangfu/contracts/core/operation';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App, Button, ConfigProvider, Input } from 'antd';
import { useState } from 'react';
import { createMemoryRouter, Link, Outlet } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultQueryClient } from './app.tsx';
import { AppFrame } from './app-frame.tsx';
import { ConnectionContext, problemOf, useCommand } from './lib/data.ts';
import { useDraft } from './lib/draft.ts';
import { countDrafts } from './lib/draft-store.ts';
import { useRefused } from './lib/refused.ts';

const keep = operation({
  id: 'keep',
  owner: 'gateway',
  method: 'POST',
  path: '/kept',
  summary: { zh: '保存', en: 'Keep' },
  access: 'signed-in',
  audit: 'kept',
  body: z.object({ words: z.string() }),
  answer: z.object({}),
});

const session = (id: string) => ({
  account: { id, username: id, name: '钱玉兰' },
  county: { code: '211382000000', name: '凌源市' },
  grants: [],
  mustChangePassword: false,
  asOf: new Date().toISOString(),
  csrf: { header: 'x-csrf', token: 't' },
});

const refusal = (status: number, code: string, title: string) =>
  Response.json({ type: 'about:blank', title, status, code, detail: title, instance: 'n-1' }, { status });

/** A platform that knows one account; its sign-in can end, and what it keeps is noted. */
function platform() {
  const state = { who: 'qian' as string | null, kept: [] as string[], refuse: false, ended: 0 };
  const connection: Connection = {
    baseUrl: '',
    fetch: async (input, init) => {
      const path = new URL(input instanceof Request ? input.url : input, 'http://platform').pathname;
      const body = typeof init?.body === 'string' ? init.body : '';
      if (path === '/api/session' && init?.method === 'POST') {
        const { username, password } = JSON.parse(body) as { username: string; password: string };
        if (password !== 'right') return refusal(401, 'WRONG_CREDENTIALS', '用户名或密码不对');
        state.who = username;
      }
      if (state.who === null) return refusal(401, 'NOT_SIGNED_IN', '请先登录');
      if (path === '/api/session' && init?.method === 'DELETE') state.ended += 1;
      if (path === '/api/session') return Response.json(session(state.who));
      if (path === '/api/kept') {
        if (state.refuse) return refusal(409, 'PAIRING_EXISTS', '已经结对');
        state.kept.push(body);
        return Response.json({});
      }
      if (path.endsWith('/jobs')) return Response.json({ rows: [], total: 0, next: null });
      return Response.json({ items: [], total: 0, missing: [] });
    },
  };
  return { state, connection };
}

function Form() {
  const draft = useDraft<{ words: string }>('note.1');
  const [words, setWords] = useState(draft.initial.words ?? '');
  const refused = useRefused();
  const save = useCommand(keep, { onDone: draft.drop });
  return (
    <>
      <Input
        aria-label="意见"
        value={words}
        onChange={({ target }) => {
          setWords(target.value);
          draft.keep({ words: target.value });
        }}
      />
      <Button onClick={() => save.mutate({ body: { words } }, refused)}>保存意见</Button>
      {save.isError && <p>{problemOf(save.error).title}</p>}
      <Link to="/other">离开</Link>
    </>
  );
}

function show(connection: Connection) {
  const frame = (
    <AppFrame service="portal" places={[]}>
      <Outlet />
    </AppFrame>
  );
  const pages = [
    { path: '/', element: <Form /> },
    { path: '/other', element: <h1>另一页</h1> },
  ];
  const router = createMemoryRouter([{ element: frame, children: pages }]);
  return render(
    <QueryClientProvider client={defaultQueryClient()}>
      <ConnectionContext.Provider value={connection}>
        {/* jsdom draws no motion, so none would ever end. */}
        <ConfigProvider theme={{ token: { motion: false } }}>
          <App>
            <RouterProvider router={router} />
          </App>
        </ConfigProvider>
      </ConnectionContext.Provider>
    </QueryClientProvider>,
  );
}

describe('given a sign-in that ends while something is typed', () => {
  it('then the password is asked for over the page, what was typed is kept and the act can be pressed again', async () => {
    const { state, connection } = platform();
    show(connection);
    await userEvent.type(await screen.findByRole('textbox', { name: '意见' }), '同意');
    state.who = null;
    await userEvent.click(screen.getByRole('button', { name: '保存意见' }));
    const password = await screen.findByLabelText('密码');
    await userEvent.type(password, 'wrong{Enter}');
    expect(await screen.findByText('用户名或密码不对')).toBeTruthy();
    await userEvent.clear(password);
    await userEvent.type(password, 'right{Enter}');
    await waitFor(() => expect(screen.queryByLabelText('密码')).toBeNull());
    expect(screen.queryByText('请先登录')).toBeNull();
    expect(screen.getByRole('textbox', { name: '意见' })).toHaveProperty('value', '同意');
    await userEvent.click(screen.getByRole('button', { name: '保存意见' }));
    await waitFor(() => expect(state.kept).toEqual(['{"words":"同意"}']));
  });

  it('when another tab signed in meanwhile, then nothing is asked any more', async () => {
    const { state, connection } = platform();
    show(connection);
    await screen.findByRole('textbox', { name: '意见' });
    state.who = null;
    await userEvent.click(screen.getByRole('button', { name: '保存意见' }));
    await screen.findByLabelText('密码');
    state.who = 'qian';
    const tab = new BroadcastChannel('bangfu.changed');
    tab.postMessage('gateway');
    await waitFor(() => expect(screen.queryByLabelText('密码')).toBeNull());
    tab.close();
  });
});

describe('given a draft', () => {
  it('then the same person finds it again, another at the same machine does not, and it goes when the act is done', async () => {
    const typed = async (who: string) => {
      const { state, connection } = platform();
      state.who = who;
      const { unmount } = show(connection);
      const field = await screen.findByRole('textbox', { name: '意见' });
      return { state, field, unmount };
    };
    const first = await typed('qian');
    await userEvent.type(first.field, '同意');
    first.unmount();
    const other = await typed('zhao');
    expect(other.field).toHaveProperty('value', '');
    other.unmount();
    const again = await typed('qian');
    expect(again.field).toHaveProperty('value', '同意');
    await userEvent.click(screen.getByRole('button', { name: '保存意见' }));
    await waitFor(() => expect(again.state.kept.length).toBe(1));
    again.unmount();
    expect((await typed('qian')).field).toHaveProperty('value', '');
  });
});

describe('given a draft when its person signs out', () => {
  const signOut = async () => {
    await userEvent.click(await screen.findByRole('button', { name: /钱玉兰/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: '退出登录' }));
  };

  it('then it is asked about first, and is cleared or kept as he says', async () => {
    const { state, connection } = platform();
    show(connection);
    await userEvent.type(await screen.findByRole('textbox', { name: '意见' }), '同意');
    await signOut();
    await userEvent.click(await screen.findByRole('button', { name: '不退出' }));
    expect(state.ended).toBe(0);
    await signOut();
    expect(await screen.findByText('本机有 1 份没有提交的草稿')).toBeTruthy();
    await userEvent.click(await screen.findByRole('button', { name: '清除并退出' }));
    await waitFor(() => expect(state.ended).toBe(1));
    expect(countDrafts('qian')).toBe(0);
    // Nothing is asked when nothing would stay.
    await signOut();
    await waitFor(() => expect(state.ended).toBe(2));
  });
});

describe('given a refusal', () => {
  it('then it says why without a code, and leaves with its page', async () => {
    const { state, connection } = platform();
    state.refuse = true;
    show(connection);
    await userEvent.click(await screen.findByRole('button', { name: '保存意见' }));
    const notice = await screen.findByRole('alert');
    expect(notice.textContent).toContain('已经结对');
    expect(document.body.textContent).not.toContain('PAIRING_EXISTS');
    await userEvent.click(screen.getByRole('link', { name: '离开' }));
    expect(await screen.findByRole('heading', { name: '另一页' })).toBeTruthy();
    await waitFor(() => expect(screen.queryByText('已经结对')).toBeNull());
  });
});
