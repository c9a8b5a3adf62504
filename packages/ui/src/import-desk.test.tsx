import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ImportDesk, type ImportState } from './import-desk.tsx';
import { bundleProblems, type ImportProblemGroup, ImportProblems } from './import-problems.tsx';

const group = (code: string, village: string, count: number, blocking: boolean): ImportProblemGroup => ({
  code,
  title: `问题 ${code}`,
  village,
  count,
  blocking,
  samples: [],
});

function show(state: ImportState) {
  const called: string[] = [];
  const note = (what: string) => () => {
    called.push(what);
  };
  render(
    <ImportDesk
      state={state}
      types={['.xlsx', '.csv']}
      maxBytes={10}
      onFile={(file) => called.push(file.name)}
      onCancel={note('cancel')}
      onCommit={note('commit')}
      onDiscard={note('discard')}
      onDownloadProblems={note('download')}
      onUndo={note('undo')}
      onAnother={note('another')}
    />,
  );
  return called;
}

const numbers = { new: 1204, changed: 87, unchanged: 1810, held: 33 };
const uploaded = { file: '花名册.xlsx', rows: 3134, numbers };

describe('problems of an import', () => {
  const groups = [group('A', '北店', 3, false), group('B', '北店', 1, true), group('A', '石桥', 9, false)];

  it('are put together by kind or by village, held back first, then the largest', () => {
    expect(bundleProblems(groups, 'code').map((b) => [b.key, b.count])).toEqual([
      ['B', 1],
      ['A', 12],
    ]);
    expect(bundleProblems(groups, 'village').map((b) => [b.key, b.count, b.blocking])).toEqual([
      ['北店', 4, true],
      ['石桥', 9, false],
    ]);
  });
});

describe('the import desk', () => {
  it('takes a file it can read and refuses one too big, saying what to do', async () => {
    const called = show({ step: 'choose' });
    const input = screen.getByLabelText('选择文件', { selector: 'input' });
    await userEvent.upload(input, new File(['12345678901'], '大.xlsx'));
    expect((await screen.findByRole('alert')).textContent).toContain('按乡镇或村拆分');
    await userEvent.upload(input, new File(['1'], '小.XLSX'));
    expect(called).toEqual(['小.XLSX']);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('answers in numbers, which the commit button carries', async () => {
    const called = show({ step: 'answer', ...uploaded, problems: [group('A', '北店', 3, false)] });
    await userEvent.click(screen.getByRole('button', { name: '入库：新增 1,204，变更 87' }));
    await userEvent.click(screen.getByRole('button', { name: /下载问题表/ }));
    expect(called).toEqual(['commit', 'download']);
  });

  it('given nothing new or changed, says why there is nothing to commit', async () => {
    const called = show({ step: 'answer', ...uploaded, numbers: { ...numbers, new: 0, changed: 0 }, problems: [] });
    const button = screen.getByRole('button', { description: '现在不能办理：没有新增或变更，无需入库' });
    await userEvent.click(button);
    expect(called).toEqual([]);
  });

  it('offers undo and what was held back afterwards, or says that it was undone', async () => {
    const committed = { step: 'committed', ...uploaded, at: '2026-11-22T06:05:00Z', operator: '钱玉兰' } as const;
    const called = show({ ...committed, undone: false });
    await userEvent.click(screen.getByRole('button', { name: '撤销本次入库' }));
    await userEvent.click(screen.getByRole('button', { name: /下载问题表/ }));
    expect(called).toEqual(['undo', 'download']);
    cleanup();
    show({ ...committed, undone: true });
    expect(screen.getByRole('heading', { name: /^已经撤销/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: '撤销本次入库' })).toBeNull();
  });

  it('marks the wrong cell in the row as it stands in the sheet', async () => {
    const sample = {
      sheet: '花名册',
      row: 118,
      message: '第 18 位应为 X',
      cells: [
        { column: 'B', title: '姓名', value: '赵建国' },
        { column: 'C', title: '证件号码', value: '1234', wrong: true },
      ],
    };
    show({ step: 'answer', ...uploaded, problems: [{ ...group('A', '北店', 3, true), samples: [sample] }] });
    await userEvent.click(screen.getByText('问题 A'));
    const figure = within(screen.getByRole('figure'));
    expect(figure.getByText('花名册 第 118 行')).toBeTruthy();
    expect(figure.getByRole('columnheader', { name: 'C 证件号码' })).toBeTruthy();
    expect(figure.getByRole('cell', { name: '1234' }).className).toBe('bf-sample__wrong');
  });

  it('asks for the rows of a problem only when it is unfolded, and counts all of them before', async () => {
    render(
      <ImportProblems
        groups={[group('A', '北店', 51_234, true)]}
        samplesOf={({ code, village }) => <p>{`${code} ${village} 的行`}</p>}
      />,
    );
    expect(screen.getAllByText('51,234 行')).toHaveLength(2);
    expect(screen.queryByText('A 北店 的行')).toBeNull();
    await userEvent.click(screen.getByText('问题 A'));
    expect(await screen.findByText('A 北店 的行')).toBeTruthy();
  });
});
