import { page, PageQuery } from '@bangfu/contracts/core/common';
import { sortBy } from '@bangfu/contracts/core/list';
import { operation } from '@bangfu/contracts/core/operation';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from 'antd';
import { useState } from 'react';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BatchDialog } from '../batch-dialog.tsx';
import { type SheetSelection, Worksheet } from '../worksheet.tsx';
import { ConnectionContext } from './data.ts';
import { type SheetColumns, useSheet } from './sheet.ts';

const listPeople = operation({
  id: 'listPeople',
  owner: 'gateway',
  method: 'GET',
  path: '/people',
  summary: { zh: '人员', en: 'People' },
  access: 'signed-in',
  query: PageQuery.extend({ state: z.enum(['in', 'out']).optional(), sort: sortBy('name', 'age') }),
  answer: page(z.object({ id: z.string(), name: z.string(), age: z.int() })),
});

const TOTAL = 1203;
const PEOPLE = Array.from({ length: TOTAL }, (_, at) => ({ id: `p${at}`, name: `人${at}`, age: at % 90 }));
const KEYS = ['state'] as const;

function Sheet({ sent }: { readonly sent: (readonly string[])[] }) {
  const { sheet, walk } = useSheet(listPeople, KEYS);
  const [acting, setActing] = useState<{ selection: SheetSelection; unselect: () => void } | null>(null);
  const columns: SheetColumns<typeof listPeople> = [
    { key: 'who', title: '姓名', sort: 'name', render: (r) => r.name },
    { key: 'years', title: '年龄', sort: 'age', render: (r) => r.age, numeric: true },
    { key: 'id', title: '编号', render: (r) => r.id },
  ];
  return (
    <>
      <Worksheet
        id="people"
        label="人员"
        columns={columns}
        filters={[{ key: 'state', label: '状态' }]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        onOpen={() => undefined}
        batch={[
          {
            key: 'sign',
            label: (n) => `${n} 人签字`,
            onRun: (selected, unselect) => setActing({ selection: selected, unselect }),
          },
        ]}
        empty={null}
      />
      {acting && (
        <BatchDialog
          title={(n) => `${n} 人签字`}
          selection={acting.selection}
          walk={walk}
          keyOf={(r: (typeof PEOPLE)[number]) => r.id}
          owner="gateway"
          portion={500}
          send={(keys) => {
            sent.push(keys);
            return Promise.resolve();
          }}
          onEnd={() => {
            acting.unselect();
            setActing(null);
          }}
        />
      )}
    </>
  );
}

/** The page over a platform that answers its list, with what the list was asked for. */
function show(address = '/') {
  const asked: string[] = [];
  const sent: (readonly string[])[] = [];
  const connection = {
    baseUrl: 'http://platform',
    fetch: (to: unknown) => {
      const { searchParams } = new URL(to as string);
      searchParams.sort();
      asked.push(searchParams.toString());
      const [from, limit] = [Number(searchParams.get('cursor')), Number(searchParams.get('limit'))];
      const next = from + limit < TOTAL ? String(from + limit) : null;
      return Promise.resolve(Response.json({ rows: PEOPLE.slice(from, from + limit), total: TOTAL, next }));
    },
  };
  const router = createMemoryRouter([{ path: '/', element: <Sheet sent={sent} /> }], { initialEntries: [address] });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ConnectionContext.Provider value={connection}>
        <App>
          <RouterProvider router={router} />
        </App>
      </ConnectionContext.Provider>
    </QueryClientProvider>,
  );
  return { asked, sent, router };
}
// The table reads the old key code, which the typed keyboard does not give.
const enter = async (name: string) => fireEvent.keyDown(await head(name), { key: 'Enter', keyCode: 13 });
const head = (name: string) => screen.findByRole('columnheader', { name: new RegExp(name) });

describe('given a list of the platform in a worksheet', () => {
  it('when a head is pressed, by pointer or keyboard, then the service is asked in that order from the first page', async () => {
    const { asked, router } = show('/?page=2&after=50');
    expect(asked).toEqual(['cursor=50&limit=50']);
    await userEvent.click(await head('年龄'));
    await waitFor(() => expect(asked.at(-1)).toBe('limit=50&sort=age'));
    expect(router.state.location.search).toBe('?sort=age');
    expect((await head('年龄')).getAttribute('aria-sort')).toBe('ascending');
    expect((await head('年龄')).tabIndex).toBe(0);
    await enter('年龄');
    await waitFor(() => expect(asked.at(-1)).toBe('limit=50&sort=-age'));
    expect((await head('年龄')).getAttribute('aria-sort')).toBe('descending');
    await enter('年龄');
    await waitFor(() => expect(router.state.location.search).toBe(''));
    expect((await head('编号')).getAttribute('aria-sort')).toBeNull();
  });

  it('when the address says what the contract does not know, then it is left out', async () => {
    const { asked } = show('/?sort=height&state=asleep');
    await head('年龄');
    expect(asked).toEqual(['limit=50']);
  });

  it('when everything of a filter is chosen, then all pages are read, the exact number is asked, and it goes in portions', async () => {
    const { asked, sent } = show('/?state=in&sort=-age');
    await userEvent.click(await screen.findByRole('checkbox', { name: '选择本页' }));
    await userEvent.click(screen.getByRole('button', { name: '选择全部 1,203 条' }));
    await userEvent.click(screen.getByRole('button', { name: '1,203 人签字' }));
    await screen.findByText(/共 1,203 条，分 3 批提交/);
    const dialog = within(screen.getByRole('dialog'));
    expect(sent).toEqual([]);
    expect(asked.slice(1)).toEqual(
      ['', 'cursor=500&', 'cursor=1000&'].map((cursor) => `${cursor}limit=500&sort=-age&state=in`),
    );
    await userEvent.click(dialog.getByRole('button', { name: '1,203 人签字' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByText(/已选/)).toBeNull();
    expect(sent.map((keys) => keys.length)).toEqual([500, 500, 203]);
    expect(new Set(sent.flat()).size).toBe(TOTAL);
  });
});
