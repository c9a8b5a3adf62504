import { Table, type TableProps } from 'antd';
import { useEffect, useRef } from 'react';
import { PHONE, useMedia } from './lib/appearance.ts';
import { useUiText } from './lib/i18n.ts';
import './inner-table.css';

export type InnerTableProps<Row> = Omit<TableProps<Row>, 'size'>;

/** A table within a section: dense and whole. Wider than a phone, it scrolls in its own box and its first column stays. */
export function InnerTable<Row extends object>({ columns = [], className = '', ...rest }: InnerTableProps<Row>) {
  const t = useUiText();
  const phone = useMedia(PHONE);
  const frame = useRef<HTMLDivElement>(null);

  // What scrolls is reached by the keyboard too; what does not is no tab stop.
  useEffect(() => {
    const box = frame.current?.querySelector<HTMLElement>('.ant-table-content');
    if (!box) return;
    const scrolls = box.scrollWidth > box.clientWidth;
    // Several tables of one page are told apart by their sections, and in a section by their order.
    const section = box.closest('section') ?? box.closest('main');
    const heading = document.getElementById(section?.getAttribute('aria-labelledby') ?? '');
    const place = [...(section?.querySelectorAll('.bf-inner .ant-table-content') ?? [])].indexOf(box);
    const label = [heading?.textContent, t('table.scrolls'), place > 0 && place + 1].filter(Boolean).join(' ');
    const named = { role: 'region', tabindex: '0', 'aria-label': label };
    for (const [name, value] of Object.entries(named)) {
      if (scrolls) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  });

  // A column of buttons has a head for who hears the table.
  const titled = columns.map((column) =>
    column.title === '' ? { ...column, title: <span className="bf-hidden">{t('table.acts')}</span> } : column,
  );
  return (
    <div ref={frame}>
      <Table<Row>
        pagination={false}
        {...rest}
        size="small"
        className={`bf-inner ${className}`}
        columns={titled.map((column, index) => (phone && index === 0 ? { ...column, fixed: 'left' } : column))}
        {...(phone && { scroll: { x: 'max-content' } })}
      />
    </div>
  );
}
