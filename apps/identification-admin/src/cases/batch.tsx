import {
  announceCases,
  approveCounty,
  approveTownship,
  type CaseRow,
  MOST_CASES,
} from '@bangfu/contracts/identification/cases';
import { openNotice } from '@bangfu/contracts/identification/notices';
import { type BusinessDay } from '@bangfu/domain/shared/time';
import { BatchDialog } from '@bangfu/ui/batch-dialog';
import { useSend } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import type { SheetWalk } from '@bangfu/ui/lib/sheet';
import type { SheetSelection } from '@bangfu/ui/worksheet';
import { Form, Input } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { DayItem } from './day-item.tsx';

export interface BatchAct {
  readonly key: 'notice' | 'township' | 'county' | 'announce';
  readonly label: (count: string) => string;
}

/** The batch acts the person's roles allow. */
export function useBatchActs(): BatchAct[] {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const acts: readonly (BatchAct & { readonly op: Parameters<typeof mayNot>[0] })[] = [
    { key: 'notice', op: openNotice, label: (count) => t('cases.batchNotice', { count }) },
    { key: 'township', op: approveTownship, label: (count) => t('cases.batchTownship', { count }) },
    { key: 'county', op: approveCounty, label: (count) => t('cases.batchCounty', { count }) },
    { key: 'announce', op: announceCases, label: (count) => t('cases.batchAnnounce', { count }) },
  ];
  return acts.filter(({ op }) => mayNot(op) === null);
}

interface Values {
  readonly opinion: string;
  readonly documentNumber: string;
  readonly on: BusinessDay;
}

interface CaseBatchProps {
  readonly act: BatchAct;
  readonly selection: SheetSelection;
  readonly walk: SheetWalk<CaseRow>;
  readonly onEnd: (done: number) => void;
}

/** How a list of cases keys its rows: the version travels with the id, so that a batch speaks of what was seen. */
export const caseKey = ({ id, version }: CaseRow) => `${id}.${version}`;
const idOf = (key: string) => key.slice(0, key.indexOf('.'));
const pickedOf = (keys: readonly string[]) =>
  keys.map((key) => ({ caseId: idOf(key), version: Number(key.slice(key.indexOf('.') + 1)) }));

/** Asks what the act needs beside the cases, and does it for all that are selected, over all pages. */
export function CaseBatch({ act, selection, walk, onEnd }: CaseBatchProps) {
  const today = usePlatformDay();
  const t = useText<TextKey>();
  const [form] = Form.useForm<Values>();
  const notice = useSend(openNotice);
  const township = useSend(approveTownship);
  const county = useSend(approveCounty);
  const announce = useSend(announceCases);
  const send = (keys: readonly string[], idempotencyKey: string): Promise<unknown> => {
    const cases = pickedOf(keys);
    const { opinion, documentNumber, on } = form.getFieldsValue(true) as Values;
    if (act.key === 'township') return township({ body: { cases, opinion }, idempotencyKey });
    if (act.key === 'county') return county({ body: { cases, opinion }, idempotencyKey });
    if (act.key === 'announce') return announce({ body: { cases, documentNumber, on }, idempotencyKey });
    return notice({ body: { cases }, idempotencyKey });
  };
  const rule = (label: string) => [{ required: true, message: t('form.required', { label }) }];
  return (
    <BatchDialog<CaseRow>
      title={act.label}
      selection={selection}
      walk={walk}
      keyOf={caseKey}
      owner={openNotice.owner}
      portion={MOST_CASES}
      recordOf={idOf}
      // One command makes one notice, or one announcement with one document.
      isDivisible={act.key === 'township' || act.key === 'county'}
      send={send}
      onConfirm={(begin) => void form.validateFields().then(begin, () => undefined)}
      onEnd={onEnd}
    >
      <Form<Values> form={form} layout="vertical" initialValues={{ opinion: t('form.opinionDefault'), on: today }}>
        {(act.key === 'township' || act.key === 'county') && (
          <Form.Item name="opinion" label={t('form.opinion')} rules={rule(t('form.opinion'))}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        )}
        {act.key === 'announce' && (
          <>
            <p>{t('form.announceHint')}</p>
            <Form.Item name="documentNumber" label={t('form.documentNumber')} rules={rule(t('form.documentNumber'))}>
              <Input maxLength={60} />
            </Form.Item>
            <DayItem label={t('form.on')} />
          </>
        )}
        {act.key === 'notice' && <p>{t('cases.batchNoticeHint')}</p>}
      </Form>
    </BatchDialog>
  );
}
