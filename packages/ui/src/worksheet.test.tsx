import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { describe, expect, it } from 'vitest';
import { useSheetAddress } from './lib/worksheet-address.ts';
import { type SheetData, type SheetExport, type SheetSelection, Worksheet } from './worksheet.tsx';

interface Row {
  readonly id: string;
  readonly head: string;
  readonly number: string;
}

const ROWS: readonly Row[] = ['赵建国', '钱秀英', '孙德福'].map((head, i) => ({ id: `h${i}`, head, number: `N${i}` }));
const READY: SheetData<Row> = { state: 'ready', rows: ROWS, total: 3134, next: 'cursor-2' };
const FILTERS = [{ key: 'q', label: '户主' }];
const KEYS = ['q'];

const ACTS = [{ key: 'submit', label: (n: string) => `${n} 户提交乡镇审核` }];

function show(data: SheetData<Row> = READY, address = '/', acts = ACTS) {
  const opened: string[] = [];
  const run: SheetSelection[] = [];
  const exported: SheetExport[] = [];
  function Sheet() {
    return (
      <Worksheet<Row>
        id="test"
        label="农户"
        navigation={useSheetAddress(KEYS)}
        filters={FILTERS}
        columns={[
          { key: 'head', title: '户主', render: (r) => r.head },
          { key: 'number', title: '户编号', render: (r) => r.number, sort: 'householdNumber' },
          { key: 'phone', title: '电话', render: () => '', optional: true },
        ]}
        data={data}
        rowKey={(r) => r.id}
        rowName={(r) => r.head}
        onOpen={(r) => opened.push(r.id)}
        onExport={(request) => exported.push(request)}
        batch={acts.map((act) => ({ ...act, onRun: (s: SheetSelection) => run.push(s) }))}
        empty={<p>还没有农户</p>}
      />
    );
  }
  const router = createMemoryRouter([{ path: '/', Component: Sheet }], { initialEntries: [address] });
  render(<RouterProvider router={router} />);
  return { router, opened, run, exported };
}

const row = (name: RegExp) => screen.getByRole('row', { name });
const focused = () => document.activeElement?.getAttribute('data-row-key');

describe('a worksheet by keyboard', () => {
  it('moves with arrows within the page, opens with Enter and notes the row in the address', async () => {
    const { opened, router } = show();
    row(/赵建国/).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(focused()).toBe('h1');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(focused()).toBe('h2');
    await userEvent.keyboard('{Home}');
    expect(focused()).toBe('h0');
    await userEvent.keyboard('{End}{ArrowUp}{Enter}');
    expect(opened).toEqual(['h1']);
    expect(router.state.location.search).toBe('?at=h1');
  });

  it('has one row in the tab order: the one the address points at', () => {
    show(READY, '/?at=h2');
    expect(row(/孙德福/).tabIndex).toBe(0);
    expect(row(/赵建国/).tabIndex).toBe(-1);
    expect(focused()).toBe('h2');
  });

  it('selects with space and runs a batch on what is selected, in numbers', async () => {
    const { run } = show();
    row(/赵建国/).focus();
    await userEvent.keyboard(' {ArrowDown} ');
    await userEvent.click(screen.getByRole('button', { name: '2 户提交乡镇审核' }));
    expect(run).toEqual([{ kind: 'keys', keys: ['h0', 'h1'] }]);
  });

  it('with Shift, the arrows select the way', async () => {
    const { run } = show();
    row(/赵建国/).focus();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await userEvent.click(screen.getByRole('button', { name: '3 户提交乡镇审核' }));
    expect(run).toEqual([{ kind: 'keys', keys: ['h0', 'h1', 'h2'] }]);
  });

  it('promises Space only where something can be done with what is selected', async () => {
    show();
    expect(screen.getByText(/空格选择/)).toBeTruthy();
    cleanup();
    show(READY, '/', []);
    expect(screen.queryByText(/空格/)).toBeNull();
    row(/赵建国/).focus();
    await userEvent.keyboard(' ');
    expect(screen.queryByText(/已选/)).toBeNull();
  });

  it('selects everything the filters give, beyond this page', async () => {
    const { run } = show();
    await userEvent.click(screen.getByRole('checkbox', { name: '选择 赵建国' }));
    await userEvent.click(screen.getByRole('button', { name: '选择全部 3,134 条' }));
    await userEvent.click(screen.getByRole('button', { name: '3,134 户提交乡镇审核' }));
    expect(run).toEqual([{ kind: 'all' }]);
  });
});

describe('a worksheet by pointer', () => {
  it('opens from the first cell', async () => {
    const { opened } = show();
    await userEvent.click(screen.getByRole('button', { name: '钱秀英' }));
    expect(opened).toEqual(['h1']);
  });

  it('given a selection, when the filter changes, drops it', async () => {
    show();
    await userEvent.click(screen.getByRole('checkbox', { name: '选择 赵建国' }));
    expect(screen.getByText('已选 1 条')).toBeTruthy();
    await userEvent.type(screen.getByRole('textbox', { name: '户主' }), '李{Enter}');
    expect(screen.queryByText('已选 1 条')).toBeNull();
  });
});

describe('a worksheet and its address', () => {
  it('goes on and back by cursor, and the browser’s Back comes to the same place', async () => {
    const { router } = show(READY, '/?q=赵');
    expect(screen.getByText('第 1–3 条，共 3,134 条')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '下一页' }));
    expect(new URLSearchParams(router.state.location.search).get('after')).toBe('cursor-2');
    expect(screen.getByText('第 51–53 条，共 3,134 条')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '上一页' }));
    expect(new URLSearchParams(router.state.location.search).toString()).toBe(
      new URLSearchParams({ q: '赵' }).toString(),
    );
  });

  it('opened on a later page from a link, offers the first page instead of a guess', async () => {
    const { router } = show(READY, '/?page=4&after=c3');
    await userEvent.click(screen.getByRole('button', { name: '回到第一页' }));
    expect(router.state.location.search).toBe('');
  });

  it('filters on Enter and begins at the first page again', async () => {
    const { router } = show(READY, '/?page=4&after=c3');
    await userEvent.type(screen.getByRole('textbox', { name: '户主' }), '李{Enter}');
    expect(new URLSearchParams(router.state.location.search).toString()).toBe(
      new URLSearchParams({ q: '李' }).toString(),
    );
  });

  it('sorts by a column through the address', async () => {
    const { router } = show();
    await userEvent.click(screen.getByRole('columnheader', { name: /户编号/ }));
    expect(router.state.location.search).toBe('?sort=householdNumber');
  });

  it('exports exactly what is seen', async () => {
    const { exported } = show(READY, '/?q=赵&sort=-number');
    await userEvent.click(screen.getByRole('button', { name: /导出表格/ }));
    expect(exported).toEqual([{ filters: { q: '赵' }, sort: '-number', columns: ['head', 'number'], selection: null }]);
  });

  it('shows chosen columns and remembers them on this device', async () => {
    show();
    await userEvent.click(screen.getByRole('button', { name: '列' }));
    await userEvent.click(await screen.findByRole('checkbox', { name: '电话' }));
    expect(screen.getByRole('columnheader', { name: '电话' })).toBeTruthy();
    expect(localStorage.getItem('bangfu.sheet.test')).toContain('phone');
  });
});

describe('a worksheet on a phone', () => {
  it('is cards, sorted by a choice instead of heads', async () => {
    const desk = window.matchMedia;
    window.matchMedia = (query) => Object.assign(desk(query), { matches: query.includes('max-width') });
    try {
      const { router } = show();
      expect(screen.queryByRole('table')).toBeNull();
      await userEvent.click(screen.getByRole('combobox', { name: '排序' }));
      await userEvent.click(await screen.findByTitle('户编号 降序'));
      expect(router.state.location.search).toBe('?sort=-householdNumber');
    } finally {
      window.matchMedia = desk;
    }
  });
});

describe('a worksheet on paper', () => {
  it('is one plain table from before printing until after it', () => {
    show();
    fireEvent(window, new Event('beforeprint'));
    expect(screen.getByRole('table').className).toBe('bf-paper');
    expect(screen.queryByRole('checkbox')).toBeNull();
    fireEvent(window, new Event('afterprint'));
    expect(screen.getByRole('checkbox', { name: '选择 赵建国' })).toBeTruthy();
  });
});

describe('the states of a worksheet', () => {
  it('loading, failed with the number to quote, empty and empty by filter are told apart', async () => {
    show({ state: 'loading' });
    expect(screen.getByRole('status', { name: '正在读取' })).toBeTruthy();

    let retried = 0;
    show({ state: 'failed', problem: { title: '没有读到农户', instance: '01JD-93' }, retry: () => retried++ });
    const alert = within(screen.getByRole('alert'));
    expect(alert.getByText('01JD-93')).toBeTruthy();
    await userEvent.click(alert.getByRole('button', { name: '重新读取' }));
    expect(retried).toBe(1);

    show({ state: 'ready', rows: [], total: 0, next: null });
    expect(screen.getByText('还没有农户')).toBeTruthy();

    show({ state: 'ready', rows: [], total: 0, next: null }, '/?q=无');
    expect(screen.getByText('没有符合条件的记录')).toBeTruthy();
  });
});
