import { Alert, Button, Select } from 'antd';
import { formatNumber } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import { PAGE_SIZES, type SheetNavigation } from './lib/worksheet-address.ts';
import { ReasonedButton } from './reasoned-button.tsx';
import type { BatchAction, SheetSelection } from './worksheet-types.tsx';

interface SheetFootProps {
  readonly total: number;
  readonly shown: number;
  readonly next: string | null;
  readonly navigation: SheetNavigation;
  readonly phone: boolean;
  /** Whether rows can be selected. */
  readonly selects: boolean;
}

/** Which rows of how many, and the way to the next and the former page. */
export function SheetFoot({ total, shown, next, navigation, phone, selects }: SheetFootProps) {
  const t = useUiText();
  const { page, size } = navigation.address;
  const from = (page - 1) * size + 1;
  const range = { from: formatNumber(from), to: formatNumber(from + shown - 1), total: formatNumber(total) };
  return (
    <footer className="bf-foot">
      <span className="bf-foot__count" aria-live="polite">
        {shown === 0 ? t('sheet.count', range) : t('sheet.range', range)}
      </span>
      {!phone && <span className="bf-foot__keys">{t(selects ? 'sheet.keysSelect' : 'sheet.keys')}</span>}
      <span className="bf-foot__space" />
      {!phone && (
        <Select
          size="small"
          aria-label={t('sheet.size')}
          value={size}
          options={PAGE_SIZES.map((s) => ({ value: s, label: t('sheet.sizeOption', { size: s }) }))}
          onChange={navigation.setSize}
        />
      )}
      <Button size="small" disabled={page === 1} onClick={navigation.previous}>
        {t(navigation.knowsPrevious ? 'sheet.previous' : 'sheet.first')}
      </Button>
      <Button size="small" disabled={next === null} onClick={() => next !== null && navigation.next(next)}>
        {t('sheet.next')}
      </Button>
    </footer>
  );
}

interface BatchBarProps {
  readonly selection: SheetSelection;
  readonly total: number;
  readonly actions: readonly BatchAction[];
  readonly onSelect: (selection: SheetSelection | null) => void;
}

/** What is selected over all pages and what can be done with it, in numbers. */
export function BatchBar({ selection, total, actions, onSelect }: BatchBarProps) {
  const t = useUiText();
  const count = selection.kind === 'all' ? total : selection.keys.length;
  return (
    <div className="bf-batch" role="status">
      <strong>
        {selection.kind === 'all'
          ? t('sheet.selectedAll', { total: formatNumber(total) })
          : t('sheet.selected', { count: formatNumber(count) })}
      </strong>
      {selection.kind === 'keys' && count < total && (
        <Button type="link" size="small" onClick={() => onSelect({ kind: 'all' })}>
          {t('sheet.selectAll', { total: formatNumber(total) })}
        </Button>
      )}
      <Button type="link" size="small" onClick={() => onSelect(null)}>
        {t('sheet.unselect')}
      </Button>
      <span className="bf-foot__space" />
      {actions.map((action, index) => (
        <ReasonedButton
          key={action.key}
          size="small"
          type={index === 0 ? 'primary' : 'default'}
          reason={action.reason?.(selection)}
          onClick={() => action.onRun(selection, () => onSelect(null))}
        >
          {action.label(formatNumber(count))}
        </ReasonedButton>
      ))}
    </div>
  );
}

const MAX_NAMED = 5;

/** A warning with the rows of the page that cannot be shown; nothing when there are none. */
export function UnshownRows({ names }: { readonly names: readonly string[] }) {
  const t = useUiText();
  if (names.length === 0) return null;
  const which = `${names.slice(0, MAX_NAMED).join('；')}${names.length > MAX_NAMED ? ' …' : ''}`;
  return <Alert type="warning" showIcon title={t('sheet.unshown', { count: names.length, which })} />;
}
