import { DeleteOutlined, DownloadOutlined, FilterOutlined, PushpinFilled, PushpinOutlined } from '@ant-design/icons';
import { readDay } from '@bangfu/domain/shared/time';
import { Button, Checkbox, Input, Popover, Select } from 'antd';
import { useState } from 'react';
import { DateField } from './date-field.tsx';
import { formatNumber } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import { type SheetNavigation, writeSheetAddress } from './lib/worksheet-address.ts';
import type { SavedView, SheetPreferences } from './lib/worksheet-preferences.ts';
import type { SheetColumn, SheetFilter, SheetSelection, WorksheetProps } from './worksheet-types.tsx';

interface BarProps<Row> extends Pick<WorksheetProps<Row>, 'columns' | 'filters' | 'navigation' | 'onExport'> {
  readonly shownKeys: readonly string[];
  readonly pinnedKeys: readonly string[];
  readonly views: readonly SavedView[];
  readonly onPreferences: (change: Partial<SheetPreferences>) => void;
  readonly total: number | null;
  readonly phone: boolean;
  readonly selection: SheetSelection | null;
}

const toggled = (list: readonly string[], key: string) =>
  list.includes(key) ? list.filter((k) => k !== key) : [...list, key];

function FilterField({ filter, navigation }: { readonly filter: SheetFilter; readonly navigation: SheetNavigation }) {
  const t = useUiText();
  const value = navigation.address.filters[filter.key] ?? null;
  if (filter.options) {
    return (
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: filter.width ?? 168 }}
        prefix={<span className="bf-bar__label">{filter.label}</span>}
        aria-label={filter.label}
        placeholder={t('sheet.any')}
        value={value}
        options={filter.options.map((o) => ({ ...o }))}
        onChange={(chosen: string | undefined) => navigation.setFilter(filter.key, chosen ?? null)}
      />
    );
  }
  if (filter.day) {
    return (
      <DateField
        label={filter.label}
        value={readDay(value ?? '')}
        onChange={(day) => navigation.setFilter(filter.key, day)}
      />
    );
  }
  // Uncontrolled: the address changes on Enter or on leaving the field, not with each stroke.
  const commit = (text: string) => {
    if (text.trim() !== (value ?? '')) navigation.setFilter(filter.key, text.trim() || null);
  };
  return (
    <Input
      key={value}
      allowClear
      style={{ width: filter.width ?? 220 }}
      aria-label={filter.label}
      placeholder={filter.label}
      defaultValue={value ?? ''}
      onPressEnter={(event) => commit(event.currentTarget.value)}
      onBlur={(event) => commit(event.currentTarget.value)}
      onClear={() => commit('')}
    />
  );
}

function ColumnChooser<Row>({ columns, shownKeys, pinnedKeys, onPreferences }: BarProps<Row>) {
  const t = useUiText();
  const pin = (column: SheetColumn<Row>, pinned: boolean) => (
    <Button
      type="text"
      size="small"
      icon={pinned ? <PushpinFilled /> : <PushpinOutlined />}
      aria-label={t(pinned ? 'sheet.unpin' : 'sheet.pin', { column: column.title })}
      aria-pressed={pinned}
      onClick={() => onPreferences({ pinned: toggled(pinnedKeys, column.key) })}
    />
  );
  return (
    <ul className="bf-bar__list">
      {columns.map((column) => (
        <li key={column.key}>
          <Checkbox
            checked={shownKeys.includes(column.key)}
            disabled={shownKeys.length === 1 && shownKeys.includes(column.key)}
            onChange={() => onPreferences({ columns: toggled(shownKeys, column.key) })}
          >
            {column.title}
          </Checkbox>
          {pin(column, pinnedKeys.includes(column.key))}
        </li>
      ))}
    </ul>
  );
}

function Views<Row>({ views, filters, navigation, onPreferences }: BarProps<Row>) {
  const t = useUiText();
  const [name, setName] = useState('');
  const save = () => {
    const keys = filters.map((f) => f.key);
    const kept = { ...navigation.address, page: 1, after: null, at: null };
    const query = writeSheetAddress(new URLSearchParams(), keys, kept).toString();
    onPreferences({ views: [...views.filter((v) => v.name !== name.trim()), { name: name.trim(), query }] });
    setName('');
  };
  return (
    <div className="bf-bar__views">
      {views.length === 0 && <p className="bf-bar__hint">{t('sheet.viewsNone')}</p>}
      <ul className="bf-bar__list">
        {views.map((view) => (
          <li key={view.name}>
            <Button type="link" onClick={() => navigation.open(view.query)}>
              {view.name}
            </Button>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('sheet.viewRemove', { name: view.name })}
              onClick={() => onPreferences({ views: views.filter((v) => v.name !== view.name) })}
            />
          </li>
        ))}
      </ul>
      <form
        className="bf-bar__save"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save();
        }}
      >
        <Input
          aria-label={t('sheet.viewName')}
          placeholder={t('sheet.viewName')}
          maxLength={20}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button htmlType="submit" disabled={!name.trim()}>
          {t('sheet.viewSave')}
        </Button>
      </form>
    </div>
  );
}

/** On a phone there are no heads to sort by. */
function SortChoice<Row>({ columns, navigation }: Pick<BarProps<Row>, 'columns' | 'navigation'>) {
  const t = useUiText();
  const sortable = columns.filter(({ sort }) => sort !== undefined);
  if (sortable.length === 0) return null;
  return (
    <Select
      allowClear
      className="bf-bar__sort"
      prefix={<span className="bf-bar__label">{t('sheet.sort')}</span>}
      aria-label={t('sheet.sort')}
      placeholder={t('sheet.sortOwn')}
      value={navigation.address.sort}
      options={sortable.flatMap(({ sort, title }) => [
        { value: sort, label: t('sheet.sortUp', { column: title }) },
        { value: `-${sort}`, label: t('sheet.sortDown', { column: title }) },
      ])}
      onChange={(word: string | undefined) => navigation.setSort(word ?? null)}
    />
  );
}

/** Filters at the left; views, columns and export at the right. */
export function SheetBar<Row>(props: BarProps<Row>) {
  const { filters, navigation, shownKeys, total, phone, selection, onExport } = props;
  const t = useUiText();
  const { address } = navigation;
  const [unfolded, setUnfolded] = useState(false);
  const count = Object.keys(address.filters).length;
  const visible = phone && !unfolded ? filters.slice(0, 1) : filters;
  if (phone && filters.length === 0 && props.columns.every(({ sort }) => sort === undefined)) return null;
  return (
    <div className="bf-bar">
      {visible.map((filter) => (
        <FilterField key={filter.key} filter={filter} navigation={navigation} />
      ))}
      {phone && filters.length > 1 && (
        <Button
          icon={<FilterOutlined />}
          aria-label={filters
            .slice(1)
            .map((f) => f.label)
            .join(' ')}
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        />
      )}
      {phone && <SortChoice {...props} />}
      {count > 0 && (
        <Button type="link" onClick={navigation.clearFilters}>
          {t('sheet.clear')}
        </Button>
      )}
      {!phone && (
        <span className="bf-bar__tools">
          <Popover trigger="click" placement="bottomRight" title={t('sheet.views')} content={<Views {...props} />}>
            <Button type="text">{t('sheet.views')}</Button>
          </Popover>
          <Popover
            trigger="click"
            placement="bottomRight"
            title={t('sheet.columnsTitle')}
            content={<ColumnChooser {...props} />}
          >
            <Button type="text">{t('sheet.columns')}</Button>
          </Popover>
          {onExport && (
            <Button
              type="text"
              icon={<DownloadOutlined />}
              disabled={!total}
              title={t('sheet.exportHint', { total: formatNumber(total ?? 0) })}
              onClick={() => onExport({ filters: address.filters, sort: address.sort, columns: shownKeys, selection })}
            >
              {t('sheet.export')}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
