import type { PolicyContent } from '@bangfu/contracts/pairing/policy';
import { type BusinessDay, readDay } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { RecordSection } from '@bangfu/ui/record';
import { Button, Input, InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

/** What a draft says. */
interface PolicyDraft {
  readonly validFrom: string;
  readonly document: string;
  readonly content: PolicyContent;
}

interface PolicyFormProps {
  readonly initial: PolicyDraft;
  readonly submitLabel: string;
  readonly command: { readonly isPending: boolean; readonly error: unknown };
  readonly onSubmit: (draft: PolicyDraft) => void;
}

const MARKS = ['red', 'yellow', 'green'] as const;
const RHYTHMS = ['week', 'month'] as const;

/** The form of a draft: from when, by which document, quotas by rank, visits, care after an exit. */
export function PolicyForm({ initial, submitLabel, command, onSubmit }: PolicyFormProps) {
  const t = useText<TextKey>();
  const [day, setDay] = useState<BusinessDay | null>(readDay(initial.validFrom));
  const [document, setDocument] = useState(initial.document);
  const [content, setContent] = useState(initial.content);
  const { ranks, visits, weights } = content;
  const change = (more: Partial<PolicyContent>) => setContent({ ...content, ...more });
  const setRank = (n: number, more: Partial<PolicyContent['ranks'][number]>) =>
    change({ ranks: ranks.map((rule, i) => (i === n ? { ...rule, ...more } : rule)) });
  const number = (label: TextKey, value: number, most: number, onChange: (value: number) => void, least = 0) => (
    <label key={label}>
      {t(label)}{' '}
      <InputNumber
        aria-label={t(label)}
        min={least}
        max={most}
        precision={0}
        value={value}
        onChange={(given) => onChange(given ?? least)}
      />
    </label>
  );
  const isReady = day !== null && document.trim().length >= 2;
  const submit = () => day && onSubmit({ validFrom: day, document: document.trim(), content });
  return (
    <>
      {command.error !== null && <ProblemPanel problem={problemOf(command.error)} />}
      <RecordSection id="policy-head" title={t('policy.head')}>
        <Space wrap>
          <DateField label={t('policy.validFrom')} value={day} onChange={setDay} />
          <Input
            aria-label={t('policy.document')}
            placeholder={t('policy.document')}
            style={{ width: 360, maxWidth: '100%' }}
            maxLength={200}
            value={document}
            onChange={(event) => setDocument(event.target.value)}
          />
        </Space>
      </RecordSection>
      <RecordSection id="policy-ranks" title={t('policy.quotas')}>
        <InnerTable
          rowKey={(rule) => rule.rank}
          dataSource={[...ranks]}
          columns={[
            { title: t('cadres.rank'), render: (_, rule) => rule.name },
            {
              title: t('policy.quota'),
              render: (_, rule, n) => (
                <InputNumber
                  aria-label={`${rule.name} ${t('policy.quota')}`}
                  min={0}
                  max={100}
                  precision={0}
                  value={rule.quota}
                  onChange={(quota) => setRank(n, { quota: quota ?? 0 })}
                />
              ),
            },
            {
              title: t('policy.pull'),
              render: (_, rule, n) => (
                <InputNumber
                  aria-label={`${rule.name} ${t('policy.pull')}`}
                  min={0}
                  max={10}
                  precision={0}
                  value={rule.pull}
                  onChange={(pull) => setRank(n, { pull: pull ?? 0 })}
                />
              ),
            },
          ]}
        />
        <p>{t('policy.pullHelp')}</p>
      </RecordSection>
      <RecordSection id="policy-visits" title={t('policy.visits')}>
        <Space wrap>
          {MARKS.map((mark) => (
            <label key={mark}>
              {t(`policy.rhythm.${mark}`)}{' '}
              <Select
                aria-label={t(`policy.rhythm.${mark}`)}
                style={{ width: 100 }}
                value={visits.rhythm[mark]}
                options={RHYTHMS.map((value) => ({ value, label: t(`policy.rhythm.${value}`) }))}
                onChange={(rhythm) => change({ visits: { ...visits, rhythm: { ...visits.rhythm, [mark]: rhythm } } })}
              />
            </label>
          ))}
          {number(
            'policy.visitsPerPeriod',
            visits.visitsPerPeriod,
            10,
            (n) => change({ visits: { ...visits, visitsPerPeriod: n } }),
            1,
          )}
          {number('policy.minPhotos', visits.minPhotos, 9, (n) => change({ visits: { ...visits, minPhotos: n } }))}
          {number('policy.clockTolerance', visits.clockTolerance, 1440, (n) =>
            change({ visits: { ...visits, clockTolerance: n } }),
          )}
          {number('policy.backDays', visits.backDays, 366, (n) => change({ visits: { ...visits, backDays: n } }), 1)}
        </Space>
      </RecordSection>
      <RecordSection id="policy-care" title={t('policy.care')}>
        <Space wrap>
          {number('policy.careMonths', content.careMonths, 240, (careMonths) => change({ careMonths }))}
          <DateField
            label={t('policy.careUntil')}
            value={readDay(content.careUntil ?? '')}
            onChange={(careUntil) => change({ careUntil })}
          />
          {number('policy.aheadDays', content.aheadDays, 366, (aheadDays) => change({ aheadDays }), 1)}
        </Space>
        <p>{t('policy.careHelp')}</p>
      </RecordSection>
      <RecordSection id="policy-weights" title={t('policy.weights')}>
        <Space wrap>
          {(['distance', 'change', 'leadership'] as const).map((key) =>
            number(`policy.weight.${key}`, weights[key], 10_000, (n) => change({ weights: { ...weights, [key]: n } })),
          )}
        </Space>
      </RecordSection>
      <Button type="primary" disabled={!isReady} loading={command.isPending} onClick={submit}>
        {submitLabel}
      </Button>
    </>
  );
}
