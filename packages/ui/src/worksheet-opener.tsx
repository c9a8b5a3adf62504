import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { RowOpens } from './worksheet-types.tsx';

interface RowOpenerProps<Row> extends RowOpens<Row> {
  readonly row: Row;
  readonly className: string;
  /** Not a tab stop where the row itself opens by the keyboard. */
  readonly tabIndex?: number;
  /** Called before it opens, to remember which row the list is left at. */
  readonly onLeave: (row: Row) => void;
  readonly children: ReactNode;
}

/** What a row is opened by: a link where it leads to a page, a button where it opens on this one, else words alone. */
export function RowOpener<Row>({ row, to, href, onOpen, onLeave, children, ...rest }: RowOpenerProps<Row>) {
  const leave = () => onLeave(row);
  if (to) {
    return (
      <Link {...rest} to={to(row)} onClick={leave}>
        {children}
      </Link>
    );
  }
  if (href) {
    return (
      <a {...rest} href={href(row)} onClick={leave}>
        {children}
      </a>
    );
  }
  if (!onOpen) return <span>{children}</span>;
  const open = () => {
    leave();
    onOpen(row);
  };
  return (
    <button type="button" {...rest} onClick={open}>
      {children}
    </button>
  );
}
