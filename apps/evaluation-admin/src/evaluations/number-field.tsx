import { Form, InputNumber } from 'antd';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
}

/** A number of the plan under its label. */
export function NumberField({ label, value, min = 0, max, step = 1, onChange }: NumberFieldProps) {
  return (
    <Form.Item label={label}>
      <InputNumber
        aria-label={label}
        value={value}
        min={min}
        max={max}
        step={step}
        onChange={(given) => given !== null && onChange(given)}
      />
    </Form.Item>
  );
}
