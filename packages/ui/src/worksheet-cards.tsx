import { RowOpener } from './worksheet-opener.tsx';
import type { RowOpens, SheetColumn } from './worksheet-types.tsx';

interface SheetRowsProps<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly SheetColumn<Row>[];
  readonly rowKey: (row: Row) => string;
}

interface SheetCardsProps<Row> extends SheetRowsProps<Row>, RowOpens<Row> {
  readonly onLeave: (row: Row) => void;
}

/** The rows on a phone: the first two columns as heading, the others below with their titles; a tap anywhere opens, save on a cell's own controls. */
export function SheetCards<Row>({ rows, columns, rowKey, ...opens }: SheetCardsProps<Row>) {
  const [first, second, ...others] = columns;
  return (
    <ul className="bf-cards">
      {rows.map((row) => (
        <li key={rowKey(row)}>
          <div className="bf-card">
            <div className="bf-card__head">
              <RowOpener className="bf-card__open" row={row} {...opens}>
                {first?.render(row)}
              </RowOpener>
              <span>{second?.render(row)}</span>
            </div>
            {others.map((column) => {
              const value = column.render(row);
              // What is not known yet takes no line of a small screen.
              if (value === null || value === undefined || value === '' || value === '—') return null;
              return (
                <div className="bf-card__line" key={column.key}>
                  <span>{column.title}</span>
                  <span>{value}</span>
                </div>
              );
            })}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The rows on paper: one plain table, whose head Chromium repeats on every page. */
export function SheetPaper<Row>({ rows, columns, rowKey }: SheetRowsProps<Row>) {
  const figures = (column: SheetColumn<Row>) => (column.numeric ? 'bf-number' : undefined);
  return (
    <table className="bf-paper">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={figures(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) => (
              <td key={column.key} className={figures(column)}>
                {column.render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
