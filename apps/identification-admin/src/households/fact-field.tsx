import type { Fact } from '@bangfu/domain/identification/facts/fact';
import type { FactInput } from '@bangfu/domain/identification/facts/fact-input';
import { readDay } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { Input, InputNumber, Select } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

interface FactFieldProps {
  readonly fact: Fact;
  readonly label: string;
  readonly value: FactInput;
  readonly onChange: (value: FactInput) => void;
}

/** The input of a fact by its kind; what is taken out of it is none. */
export function FactField({ fact, label, value, onChange }: FactFieldProps) {
  const t = useText<TextKey>();
  const today = usePlatformDay();
  const { name, dictionary, most, unit } = fact.kind;
  const options = (dictionary?.codes ?? []).map((code) => ({ value: code, label: dictionary?.labelOf(code) ?? code }));
  const common = { 'aria-label': label, style: { width: '100%' } };
  switch (name) {
    case 'code':
      return (
        <Select
          {...common}
          allowClear={!fact.required}
          showSearch={{ optionFilterProp: 'label' }}
          options={options}
          value={typeof value === 'string' ? value : null}
          onChange={(code?: string | null) => onChange(code ?? null)}
        />
      );
    case 'codes':
      return (
        <Select
          {...common}
          mode="multiple"
          {...(most !== undefined && { maxCount: most })}
          showSearch={{ optionFilterProp: 'label' }}
          options={options}
          value={Array.isArray(value) ? [...value] : []}
          onChange={(codes: string[]) => onChange(codes)}
        />
      );
    case 'yesNo':
      return (
        <Select
          {...common}
          allowClear
          options={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(word?: string | null) => onChange(word ? word === 'true' : null)}
        />
      );
    case 'day':
      return (
        <DateField
          label={label}
          value={readDay(typeof value === 'string' ? value : '')}
          onChange={onChange}
          max={today}
        />
      );
    case 'fen':
    case 'year':
    case 'count':
    case 'area':
    case 'distance': {
      // Money is kept in fen and typed in yuan.
      const scale = name === 'fen' ? 100 : 1;
      const places = name === 'year' || name === 'count' ? 0 : 2;
      return (
        <InputNumber
          {...common}
          precision={places}
          {...(name !== 'fen' && { min: 0 })}
          suffix={name === 'fen' ? t('unit.yuan') : unit && t(`unit.${unit}`)}
          value={typeof value === 'number' ? value / scale : null}
          onChange={(typed) =>
            onChange(typed === null ? null : Number((Number(typed) * scale).toFixed(scale === 1 ? places : 0)))
          }
        />
      );
    }
    default:
      return (
        <Input
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
        />
      );
  }
}
