import { POLICY_UNITS } from '@bangfu/contracts/core/field-words';
import type { Policy } from '@bangfu/contracts/core/policy';
import { type PolicyField, policyFields } from '@bangfu/contracts/core/policy-fields';
import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { type BusinessDay, readDay } from '@bangfu/domain/shared/time';
import { Button, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { DateField } from './date-field.tsx';
import { problemOf, useCommand } from './lib/data.ts';
import { useLanguage, useUiText } from './lib/i18n.ts';
import { usePlatformDay } from './lib/platform-time.ts';
import './policies.css';
import { ProblemPanel } from './problem.tsx';
import { ReasonedButton } from './reasoned-button.tsx';

type Group = Readonly<Record<string, unknown>>;

interface FieldProps {
  readonly field: PolicyField;
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** How a unit is kept and how it is typed: fen as yuan, basis points as per cent. */
const SCALES: Readonly<Record<string, number>> = { fen: 100, 'basis-point': 100 };

function NumberInput({ field, label, value, onChange }: FieldProps) {
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const { unit } = field.words;
  const scale = SCALES[unit ?? ''] ?? 1;
  return (
    <InputNumber
      aria-label={label}
      min={field.min / scale}
      max={field.max / scale}
      precision={scale === 1 ? 0 : 2}
      suffix={unit && POLICY_UNITS[unit][language]}
      value={typeof value === 'number' ? value / scale : null}
      onChange={(typed) => onChange(typed === null ? null : Math.round(Number(typed) * scale))}
    />
  );
}

/** The input of one field by its kind. */
function FieldInput(props: FieldProps) {
  const { field, label, value, onChange } = props;
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  switch (field.kind) {
    case 'number':
      return <NumberInput {...props} />;
    case 'choice':
      return (
        <Select
          aria-label={label}
          value={value}
          options={Object.entries(field.words.choices ?? {}).map(([word, words]) => ({
            value: word,
            label: words[language],
          }))}
          onChange={onChange}
        />
      );
    case 'day':
      return <DateField label={label} value={readDay(textOf(value))} onChange={onChange} />;
    case 'text':
      return <Input aria-label={label} value={textOf(value)} onChange={(event) => onChange(event.target.value)} />;
    case 'group':
      return <FieldGroup fields={field.fields} label={label} value={value} onChange={onChange} />;
    case 'rows':
      return <FieldRows {...props} />;
    default:
      return field.kind satisfies never;
  }
}

interface GroupProps {
  readonly fields: readonly PolicyField[];
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** The fields of a group next to one another, each under its label; groups within it one below the other. */
function FieldGroup({ fields, label, value, onChange }: GroupProps) {
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const held = (value ?? {}) as Group;
  return (
    <div className="bf-policy__group">
      {fields.map((field) => {
        const own = field.words[language];
        const input = (
          <FieldInput
            field={field}
            label={label ? `${label} ${own}` : own}
            value={held[field.name]}
            onChange={(next) => onChange({ ...held, [field.name]: next })}
          />
        );
        return field.fields.length > 0 ? (
          <fieldset key={field.name} className="bf-policy__set">
            <legend>{own}</legend>
            {input}
          </fieldset>
        ) : (
          <div key={field.name} className="bf-policy__field">
            <span>{own}</span>
            {input}
          </div>
        );
      })}
    </div>
  );
}

/** The rows of a list, each with its fields; rows are added and removed. */
function FieldRows({ field, label, value, onChange }: FieldProps) {
  const t = useUiText();
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const rows = (value ?? []) as Group[];
  return (
    <div>
      {rows.map((row, at) => (
        // A row has no name of its own while it is typed.
        // oxlint-disable-next-line react/no-array-index-key
        <fieldset key={at} className="bf-policy__row">
          <legend>{`${field.words[language]} ${at + 1}`}</legend>
          <FieldGroup
            fields={field.fields}
            label={`${label} ${at + 1}`}
            value={row}
            onChange={(next) => onChange(rows.map((each, index) => (index === at ? next : each)))}
          />
          <Button size="small" onClick={() => onChange(rows.filter((_, index) => index !== at))}>
            {t('policies.removeRow')}
          </Button>
        </fieldset>
      ))}
      <Button onClick={() => onChange([...rows, {}])}>{t('policies.addRow')}</Button>
    </div>
  );
}

interface PolicyDraftProps {
  readonly declared: ServicePolicies;
  readonly policy: Policy;
  /** What the draft begins with. */
  readonly begin: unknown;
  readonly onClose: () => void;
}

/** Drafts a version of a policy: from when, by which document, and its fields as the policy declares them. */
export function PolicyDraft({ declared, policy, begin, onClose }: PolicyDraftProps) {
  const t = useUiText();
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const today = usePlatformDay();
  const [day, setDay] = useState<BusinessDay | null>(
    policy.isYearly ? (`${today.slice(0, 4)}-01-01` as BusinessDay) : null,
  );
  const [document, setDocument] = useState('');
  const [paragraph, setParagraph] = useState('');
  const [value, setValue] = useState(begin);
  const draft = useCommand(declared.draftPolicy, { onDone: onClose });
  const lacks = [!day && t('policies.validFrom'), document.trim().length < 2 && t('policies.document')].filter(Boolean);
  const send = () => {
    if (!day) return;
    const body = { policy: policy.key, validFrom: day, document: document.trim(), paragraph: paragraph.trim(), value };
    draft.mutate({ body });
  };
  return (
    <Drawer
      open
      size="large"
      title={`${t('policies.draft')} ${policy.label[language]}`}
      onClose={onClose}
      closable={{ 'aria-label': t('common.close') }}
    >
      <Form layout="vertical" onFinish={send}>
        {draft.error && <ProblemPanel problem={problemOf(draft.error)} />}
        <p>{t(policy.isYearly ? 'policies.yearHint' : 'policies.dayHint')}</p>
        <Form.Item label={t('policies.validFrom')} required>
          <DateField
            label={t('policies.validFrom')}
            value={day}
            onChange={setDay}
            {...(!policy.isYearly && { min: today })}
          />
        </Form.Item>
        <Form.Item label={t('policies.document')} htmlFor="policy-document" required>
          <Input
            id="policy-document"
            maxLength={200}
            value={document}
            onChange={(event) => setDocument(event.target.value)}
          />
        </Form.Item>
        <Form.Item label={t('policies.paragraph')} htmlFor="policy-paragraph">
          <Input
            id="policy-paragraph"
            maxLength={100}
            value={paragraph}
            onChange={(event) => setParagraph(event.target.value)}
          />
        </Form.Item>
        <FieldGroup fields={policyFields(policy)} label="" value={value} onChange={setValue} />
        <ReasonedButton
          type="primary"
          htmlType="submit"
          loading={draft.isPending}
          reason={lacks.length > 0 ? lacks.join('、') : null}
        >
          {t('policies.save')}
        </ReasonedButton>
      </Form>
    </Drawer>
  );
}
