import type { SheetColumn } from './worksheet.tsx';

interface SheetCardsProps<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly SheetColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly onOpen: (row: Row) => void;
}

/** The rows on a phone: the first two columns as heading, the others below with their titles; a tap opens. */
export function SheetCards<Row>({ rows, columns, rowKey, onOpen }: SheetCardsProps<Row>) {
  const [first, second, ...others] = columns;
  return (
    <ul className="bf-cards">
      {rows.map((row) => (
        <li key={rowKey(row)}>
          <button type="button" className="bf-card" onClick={() => onOpen(row)}>
            <span className="bf-card__head">
              <strong>{first?.render(row)}</strong>
              <span>{second?.render(row)}</span>
            </span>
            {others.map((column) => (
              <span className="bf-card__line" key={column.key}>
                <span>{column.title}</span>
                <span>{column.render(row)}</span>
              </span>
            ))}
          </button>
        </li>
      ))}
    </ul>
  );
}
