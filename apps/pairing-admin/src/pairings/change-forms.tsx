import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { listCadres } from '@bangfu/contracts/pairing/cadres';
import { assignHelper, endPairing, type getPairing, handOverHousehold } from '@bangfu/contracts/pairing/pairings';
import { type BusinessDay, readDay } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { ProblemPanel } from '@bangfu/ui/problem';
import { RecordSection } from '@bangfu/ui/record';
import { App, Button, Input, Select, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

interface FormProps {
  readonly record: AnswerOf<typeof getPairing>;
  readonly onDone: () => void;
}

/** The first day on which the helper can change, as the service says it. */
function useEarliest({ earliest }: FormProps['record']): BusinessDay {
  const today = usePlatformDay();
  return readDay(earliest) ?? today;
}

function useDone(onDone: () => void) {
  const t = useText<TextKey>();
  const { message } = App.useApp();
  return () => {
    void message.success(t('pairing.saved'));
    onDone();
  };
}

function ChangeForm({
  title,
  error,
  children,
}: {
  readonly title: string;
  readonly error: unknown;
  readonly children: ReactNode;
}) {
  return (
    <RecordSection id="change" title={title}>
      {error !== null && <ProblemPanel problem={problemOf(error)} />}
      <Space wrap>{children}</Space>
    </RecordSection>
  );
}

/**
 * Gives a household its first helper, or hands it over: only cadres with places left from the chosen day on, and no
 * relatives, can be chosen.
 */
export function AssignForm({ record, onDone }: FormProps) {
  const t = useText<TextKey>();
  const [search, setSearch] = useState('');
  const [helperId, setHelperId] = useState<string | null>(null);
  const earliest = useEarliest(record);
  const [day, setDay] = useState<BusinessDay | null>(earliest);
  const [reason, setReason] = useState('');
  const done = useDone(onDone);
  const from = day ?? earliest;
  const cadres = useOperation(listCadres, { query: { free: 'true', from, limit: 50, ...(search ? { search } : {}) } });
  const assign = useCommand(assignHelper, { onDone: done });
  const handOver = useCommand(handOverHousehold, { onDone: done });
  const params = { householdId: record.householdId };
  const { helper } = record;
  const submit = () => {
    if (helperId === null || day === null) return;
    if (helper) handOver.mutate({ params, body: { helperId, on: day, reason, fromHelperId: helper.id } });
    else assign.mutate({ params, body: { helperId, from: day } });
  };
  // Neither the helper of now nor a relative would be accepted.
  const choices = (cadres.data?.rows ?? []).filter(
    ({ id, relativeNumbers }) => id !== helper?.id && !relativeNumbers.includes(record.number),
  );
  const title = t(helper ? 'pairing.handOver' : 'pairing.assign');
  return (
    <ChangeForm title={title} error={handOver.error ?? assign.error}>
      <Select
        aria-label={t('pairing.choose')}
        placeholder={t('pairing.choose')}
        style={{ width: 320, maxWidth: '100%' }}
        showSearch={{ filterOption: false, onSearch: setSearch }}
        loading={cadres.isFetching}
        value={helperId}
        onChange={setHelperId}
        options={choices.map((cadre) => ({
          value: cadre.id,
          label: `${cadre.name}（${t('pairing.free', {
            unit: cadre.unitName,
            count: cadre.placesFree ?? 0,
          })}）`,
        }))}
      />
      <DateField label={t('pairing.from')} value={day} onChange={setDay} min={earliest} />
      {helper && (
        <Input
          aria-label={t('pairing.reason')}
          placeholder={t('pairing.reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      <Button type="primary" onClick={submit} loading={assign.isPending || handOver.isPending}>
        {title}
      </Button>
    </ChangeForm>
  );
}

/** Ends a pairing without a successor; the service refuses while the household is poor. */
export function EndForm({ record, onDone }: FormProps) {
  const t = useText<TextKey>();
  const earliest = useEarliest(record);
  const [day, setDay] = useState<BusinessDay | null>(earliest);
  const [reason, setReason] = useState('');
  const end = useCommand(endPairing, { onDone: useDone(onDone) });
  const submit = () => {
    if (day === null || !record.helper) return;
    end.mutate({
      params: { householdId: record.householdId },
      body: { on: day, reason, fromHelperId: record.helper.id },
    });
  };
  return (
    <ChangeForm title={t('pairing.end')} error={end.error}>
      <DateField label={t('pairing.from')} value={day} onChange={setDay} min={earliest} />
      <Input
        aria-label={t('pairing.reason')}
        placeholder={t('pairing.reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button danger onClick={submit} loading={end.isPending}>
        {t('pairing.end')}
      </Button>
    </ChangeForm>
  );
}
