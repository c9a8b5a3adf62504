import { type BusinessDay, readDay } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { Empty } from '@bangfu/ui/states';
import { Alert, Button, Flex } from 'antd';
import { useSearchParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import './of-day.css';

/** The day that the page's address asks of, null for today, and how another one is asked for. */
export function useDayAsked(): { readonly day: BusinessDay | null; readonly ask: (day: BusinessDay | null) => void } {
  const [search, setSearch] = useSearchParams();
  const day = readDay(search.get('asOf') ?? '');
  const ask = (other: BusinessDay | null) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (other) after.set('asOf', other);
      else after.delete('asOf');
      return after;
    });
  return { day, ask };
}

/** Chooses the day of which a record is shown. */
export function DayAsked() {
  const t = useText<TextKey>();
  const { day, ask } = useDayAsked();
  return <DateField label={t('household.asOf')} value={day} onChange={ask} max={usePlatformDay()} />;
}

/** Says that the household was not known on that day, with the way back. */
export function NotOfDay({ day }: { readonly day: BusinessDay }) {
  const t = useText<TextKey>();
  const { ask } = useDayAsked();
  return (
    <Empty
      title={t('household.notOfDay', { day })}
      hint={t('household.notOfDayHint')}
      actions={
        <Flex gap={8}>
          <DayAsked />
          <Button onClick={() => ask(null)}>{t('household.ofToday')}</Button>
        </Flex>
      }
    />
  );
}

/** Says that another day than today is shown, with the way back. */
export function OfDay({ day }: { readonly day: BusinessDay }) {
  const t = useText<TextKey>();
  const { ask } = useDayAsked();
  return (
    <Alert
      type="info"
      showIcon
      className="bf-of-day"
      title={t('household.ofDay', { day })}
      action={
        <Button size="small" onClick={() => ask(null)}>
          {t('household.ofToday')}
        </Button>
      }
    />
  );
}
