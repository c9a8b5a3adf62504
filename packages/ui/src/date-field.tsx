import { CalendarOutlined } from '@ant-design/icons';
import { type BusinessDay, readDay } from '@bangfu/domain/shared/time';
import { Button, Input, Space } from 'antd';
import { useRef, useState } from 'react';
import { useUiText } from './lib/i18n.ts';
import './date-field.css';

interface DateFieldProps {
  readonly label: string;
  /** These three come from the form's item when the field stands in one. */
  readonly id?: string;
  readonly value?: BusinessDay | null;
  readonly onChange?: (day: BusinessDay | null) => void;
  readonly min?: BusinessDay;
  readonly max?: BusinessDay;
}

/** A day typed as 2026-11-22 or picked from the browser's calendar; a wrong one is told on leaving the field. */
export function DateField({ label, id, value = null, onChange = () => undefined, min, max }: DateFieldProps) {
  const t = useUiText();
  const [wrong, setWrong] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  const commit = (text: string) => {
    const day = text.trim() === '' ? null : readDay(text.trim());
    const outside = day !== null && ((min !== undefined && day < min) || (max !== undefined && day > max));
    const refused = outside || (day === null && text.trim() !== '');
    setWrong(refused);
    if (!refused && day !== value) onChange(day);
  };

  return (
    <span className="bf-date">
      <Space.Compact>
        <Input
          key={value}
          {...(id && { id })}
          className="bf-date__text"
          aria-label={label}
          aria-invalid={wrong}
          status={wrong ? 'error' : ''}
          title={wrong ? t('day.format') : ''}
          inputMode="numeric"
          maxLength={10}
          placeholder={id ? t('day.example') : label}
          defaultValue={value ?? ''}
          onPressEnter={(event) => commit(event.currentTarget.value)}
          onBlur={(event) => commit(event.currentTarget.value)}
        />
        <Button
          icon={<CalendarOutlined />}
          aria-label={`${label} ${t('day.pick')}`}
          onClick={() => picker.current?.showPicker()}
        />
      </Space.Compact>
      <input
        ref={picker}
        className="bf-date__picker"
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={value ?? ''}
        min={min}
        max={max}
        onChange={(event) => commit(event.target.value)}
      />
      {wrong && (
        <span className="bf-date__wrong" role="alert">
          {t('day.format')}
        </span>
      )}
    </span>
  );
}
