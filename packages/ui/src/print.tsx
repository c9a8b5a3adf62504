import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { formatMoment } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import './print.css';

interface PrintSheetProps {
  readonly title: string;
  readonly subtitle?: string;
  readonly county: string;
  /** ISO instant and person of the print, repeated at the foot of every page. */
  readonly printedAt: string;
  readonly operator: string;
  /** Units that set their seal at the end. */
  readonly seals?: readonly string[];
  /** Image of the code that leads to the public verification page, and its number. */
  readonly qr?: { readonly src: string; readonly number: string };
  /** Under a page that has its own first heading. */
  readonly heading?: 'h1' | 'h2';
  readonly children: ReactNode;
}

/**
 * An A4 sheet: county at the head and print date with operator at the foot of every page (as table head and foot,
 * which Chromium repeats), seal places and verification code at the end.
 */
export function PrintSheet({
  title,
  subtitle,
  county,
  printedAt,
  operator,
  seals = [],
  qr,
  heading: Heading = 'h1',
  children,
}: PrintSheetProps) {
  const t = useUiText();
  return (
    <>
      <div className="bf-print-bar">
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('print.print')}
        </Button>
      </div>
      <table className="bf-print" role="presentation">
        <thead>
          <tr>
            <td className="bf-print__head">{county}</td>
          </tr>
        </thead>
        <tfoot>
          <tr>
            <td className="bf-print__foot">
              <span>{t('print.printedOn', { moment: formatMoment(printedAt) })}</span>
              <span>{t('print.operator', { operator })}</span>
            </td>
          </tr>
        </tfoot>
        <tbody>
          <tr>
            <td>
              <Heading className="bf-print__title">{title}</Heading>
              {subtitle && <p className="bf-print__subtitle">{subtitle}</p>}
              {children}
              {(seals.length > 0 || qr) && (
                <div className="bf-print__end">
                  {qr && (
                    <figure className="bf-print__qr">
                      <img src={qr.src} alt={`${t('print.qr')} ${qr.number}`} />
                      <figcaption>
                        {t('print.qr')}
                        <br />
                        {qr.number}
                      </figcaption>
                    </figure>
                  )}
                  {seals.map((unit) => (
                    <div className="bf-print__seal" key={unit}>
                      {t('print.sealOf', { unit })}
                    </div>
                  ))}
                </div>
              )}
            </td>
          </tr>
        </tbody>
      </table>
    </>
  );
}
