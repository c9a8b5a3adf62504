import { Table, type TableColumnsType } from 'antd';
import { type KeyboardEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { PHONE, useMedia, usePrinting } from './lib/appearance.ts';
import { useUiText } from './lib/i18n.ts';
import { useSheetPreferences } from './lib/worksheet-preferences.ts';
import { ProblemPanel } from './problem.tsx';
import { SectionTitle } from './record.tsx';
import { Empty, Loading } from './states.tsx';
import { SheetBar } from './worksheet-bar.tsx';
import { SheetCards, SheetPaper } from './worksheet-cards.tsx';
import { BatchBar, SheetFoot, UnshownRows } from './worksheet-foot.tsx';
import { RowOpener } from './worksheet-opener.tsx';
import type { SheetSelection, WorksheetProps } from './worksheet-types.tsx';
import './worksheet.css';

export type {
  SheetColumn,
  SheetFilter,
  SheetData,
  SheetSelection,
  SheetExport,
  BatchAction,
  WorksheetProps,
} from './worksheet-types.tsx';

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** The keys from one to another, both with them. */
const between = (keys: readonly string[], one: string, other: string): readonly string[] => {
  const [from = 0, to = 0] = [keys.indexOf(one), keys.indexOf(other)].sort((a, b) => a - b);
  return keys.slice(from, to + 1);
};

/** A list as a worksheet: filters and page in the address, chosen columns, keyboard, selection over pages, export. */
export function Worksheet<Row extends object>(props: WorksheetProps<Row>) {
  const { id, label, columns, data, navigation, rowKey, rowName, to, href, onOpen, batch = [] } = props;
  const { address } = navigation;
  const t = useUiText();
  const navigate = useNavigate();
  const section = useContext(SectionTitle);
  const phone = useMedia(PHONE);
  const printing = usePrinting();
  const frame = useRef<HTMLDivElement>(null);
  const [preferences, setPreferences] = useSheetPreferences(id);
  const filtering = JSON.stringify(address.filters);
  const [chosen, setChosen] = useState<{ readonly under: string; readonly selection: SheetSelection } | null>(null);
  // Other filters mean other rows: what was selected under them must not be acted on unseen.
  const selection = chosen?.under === filtering ? chosen.selection : null;
  const setSelection = (next: SheetSelection | null) => setChosen(next && { under: filtering, selection: next });
  const [active, setActive] = useState<string | null>(address.at);

  const shownKeys = preferences.columns ?? columns.filter((c) => !c.optional).map((c) => c.key);
  const pinnedKeys = preferences.pinned ?? columns.filter((c) => c.pinned).map((c) => c.key);
  const shown = columns.filter((c) => shownKeys.includes(c.key));
  const ordered = [
    ...shown.filter((c) => pinnedKeys.includes(c.key)),
    ...shown.filter((c) => !pinnedKeys.includes(c.key)),
  ];
  const rows = data.state === 'ready' ? data.rows : [];
  const keys = rows.map(rowKey);
  const activeKey = active !== null && keys.includes(active) ? active : keys[0];
  const selectedKeys = selection === null ? [] : selection.kind === 'all' ? keys : selection.keys;

  const selects = batch.length > 0;
  const choose = (some: readonly string[]) => setSelection(some.length > 0 ? { kind: 'keys', keys: some } : null);
  const focusRow = (key: string) =>
    frame.current?.querySelector<HTMLElement>(`tr[data-row-key="${CSS.escape(key)}"]`)?.focus();

  // Coming back to a list (Back, reload, a colleague's link) comes to the row it was left at.
  const returned = useRef(false);
  useEffect(() => {
    if (returned.current || data.state !== 'ready') return;
    returned.current = true;
    if (address.at) focusRow(address.at);
  });

  const leaveAt = (row: Row) => {
    setActive(rowKey(row));
    navigation.point(rowKey(row));
  };
  const open = (row: Row) => {
    leaveAt(row);
    if (to) void navigate(to(row));
    else if (href) window.location.assign(href(row));
    else onOpen?.(row);
  };

  const onRowKey = (event: KeyboardEvent<HTMLElement>, row: Row) => {
    if (event.target !== event.currentTarget) return;
    const move = MOVES[event.key];
    const key = rowKey(row);
    if (move) {
      const target = keys[move(keys.indexOf(key), keys.length - 1)];
      if (target === undefined) return;
      // With Shift the way is selected, from the row it began at.
      if (event.shiftKey && selects) choose([...new Set([...selectedKeys, ...between(keys, key, target)])]);
      setActive(target);
      focusRow(target);
    } else if (event.key === 'Enter') open(row);
    else if (event.key === ' ' && selects)
      choose(selectedKeys.includes(key) ? selectedKeys.filter((k) => k !== key) : [...selectedKeys, key]);
    else return;
    event.preventDefault();
  };

  // The first cell opens by pointer and screen reader; by keyboard the row itself does, so it is not one more tab stop.
  const opener = (row: Row, content: ReactNode) => (
    <RowOpener className="bf-sheet__open" tabIndex={-1} {...{ row, to, href, onOpen }} onLeave={leaveAt}>
      {content}
    </RowOpener>
  );
  const tableColumns: TableColumnsType<Row> = ordered.map((column, index) => ({
    key: column.key,
    title: column.title,
    render: (_: unknown, row: Row) => (index === 0 ? opener(row, column.render(row)) : column.render(row)),
    ...(column.width !== undefined && { width: column.width }),
    ...(pinnedKeys.includes(column.key) && { fixed: 'left' as const }),
    ...(column.numeric && { align: 'right' as const, className: 'bf-number' }),
    ...(column.sort !== undefined && {
      sorter: true,
      sortOrder: address.sort === column.sort ? 'ascend' : address.sort === `-${column.sort}` ? 'descend' : null,
    }),
  }));

  const filtered = Object.keys(address.filters).length > 0;
  const emptyState = filtered ? (
    <Empty title={t('state.emptyFiltered')} hint={t('state.emptyFilteredHint')} />
  ) : (
    props.empty
  );
  const body = () => {
    if (data.state === 'loading') return <Loading rows={12} />;
    if (data.state === 'failed') return <ProblemPanel problem={data.problem} onRetry={data.retry} />;
    if (rows.length === 0) return emptyState;
    if (printing) return <SheetPaper rows={rows} columns={ordered} rowKey={rowKey} />;
    if (phone) return <SheetCards {...{ rows, rowKey, to, href, onOpen }} columns={ordered} onLeave={leaveAt} />;
    return (
      <Table<Row>
        size="middle"
        columns={tableColumns}
        dataSource={[...rows]}
        rowKey={rowKey}
        pagination={false}
        showSorterTooltip={false}
        sticky={{ offsetHeader: 52 }}
        scroll={{ x: 'max-content' }}
        rowClassName={(row) => (rowKey(row) === activeKey ? 'bf-sheet__row bf-sheet__row--active' : 'bf-sheet__row')}
        onRow={(row) => ({
          tabIndex: rowKey(row) === activeKey ? 0 : -1,
          onKeyDown: (event) => onRowKey(event, row),
          onFocus: () => setActive(rowKey(row)),
          onDoubleClick: () => open(row),
        })}
        onChange={(_, __, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter;
          const word = one?.order ? columns.find(({ key }) => key === one.columnKey)?.sort : undefined;
          navigation.setSort(word === undefined ? null : one?.order === 'descend' ? `-${word}` : word);
        }}
        {...(selects && {
          rowSelection: {
            selectedRowKeys: [...selectedKeys],
            preserveSelectedRowKeys: true,
            columnWidth: 40,
            onChange: (some) => choose(some.map(String)),
            getCheckboxProps: (row) => ({ 'aria-label': t('sheet.select', { name: rowName(row) }) }),
            getTitleCheckboxProps: () => ({ 'aria-label': t('sheet.selectPage') }),
          },
        })}
      />
    );
  };

  return (
    <section
      className="bf-sheet bf-surface"
      {...(section !== label && { 'aria-label': label })}
      aria-busy={data.state === 'loading'}
    >
      <SheetBar
        {...props}
        columns={columns}
        shownKeys={ordered.map((c) => c.key)}
        pinnedKeys={pinnedKeys}
        views={preferences.views}
        onPreferences={setPreferences}
        total={data.state === 'ready' ? data.total : null}
        phone={phone}
        selection={selection}
      />
      {selection && data.state === 'ready' && (
        <BatchBar selection={selection} total={data.total} actions={batch} onSelect={setSelection} />
      )}
      {data.state === 'ready' && data.unshown && <UnshownRows names={data.unshown} />}
      <div
        ref={frame}
        className={
          data.state === 'ready' && data.refreshing ? 'bf-sheet__body bf-sheet__body--stale' : 'bf-sheet__body'
        }
      >
        {body()}
      </div>
      {data.state === 'ready' && data.total > 0 && (
        <SheetFoot
          total={data.total}
          shown={rows.length}
          next={data.next}
          navigation={navigation}
          phone={phone}
          selects={selects}
        />
      )}
    </section>
  );
}
