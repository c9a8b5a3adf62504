import type { BodyOf } from '@bangfu/contracts/core/operation';
import {
  type DecidableContractEnd,
  decideContractEnd,
  listContractEnds,
  requestContractEnd,
} from '@bangfu/contracts/industry/contract-ends';
import { DateField } from '@bangfu/ui/date-field';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Alert, Button, Flex, Form, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

type Fields = Omit<BodyOf<typeof requestContractEnd>, 'householdId'>;

interface RequestProps {
  readonly contractId: string;
  /** The household that leaves; null when the whole contract ends. */
  readonly household: {
    readonly householdId: string;
    readonly householdNumber: string;
    readonly headName: string;
  } | null;
  readonly onEnd: () => void;
}

/** Asks that the contract end, or that a household leave it; it holds after another person has agreed. */
export function EndRequest({ contractId, household, onEnd }: RequestProps) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const request = useCommand(requestContractEnd, { onDone: onEnd });
  const who = household ? `${household.headName} ${household.householdNumber}` : t('end.whole');
  const ask = (fields: Fields) =>
    request.mutate(
      { params: { contractId }, body: { ...fields, ...(household && { householdId: household.householdId }) } },
      refused,
    );
  return (
    <Modal open title={t('end.of', { who })} footer={null} onCancel={onEnd}>
      <Form<Fields> layout="vertical" onFinish={ask}>
        <Form.Item name="day" label={t('end.day')} extra={t('end.dayHint')} rules={[{ required: true }]}>
          <DateField label={t('end.day')} />
        </Form.Item>
        <Form.Item name="reason" label={t('end.reason')} rules={[{ required: true, min: 2 }]}>
          <Input maxLength={500} />
        </Form.Item>
        <Space>
          <Button type="primary" danger htmlType="submit" loading={request.isPending}>
            {t(household ? 'end.requestLeave' : 'end.request')}
          </Button>
          <Button onClick={onEnd}>{t('account.cancel')}</Button>
        </Space>
      </Form>
    </Modal>
  );
}

/** Ends under a contract: of what, on which day, why, by whom; another person decides. */
export function ContractEnds({ contractId }: { readonly contractId: string }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const mayNot = useMayNot();
  const [asking, setAsking] = useState(false);
  const list = useOperation(listContractEnds, { params: { contractId } });
  const decide = useCommand(decideContractEnd);
  const act = (endId: string, approved: boolean) => decide.mutate({ params: { endId }, body: { approved } }, refused);
  const rows = list.data?.rows ?? [];
  return (
    <RecordSection id="ends" title={t('end.title')}>
      {rows.some((end) => end.state === 'proposed') && <Alert type="info" showIcon title={t('end.waits')} />}
      <InnerTable<DecidableContractEnd>
        rowKey="id"
        loading={list.isPending}
        dataSource={rows}
        locale={{ emptyText: <Empty title={t('end.none')} small /> }}
        columns={[
          { title: t('head'), render: (_, x) => (x.headName ? `${x.headName} ${x.householdNumber}` : t('end.whole')) },
          { title: t('end.day'), dataIndex: 'day' },
          { title: t('end.reason'), dataIndex: 'reason' },
          { title: t('account.requested'), render: (_, x) => `${x.requestedBy} ${formatMoment(x.requestedAt)}` },
          {
            title: t('status'),
            render: (_, x) => (
              <Flex gap="small" align="center" wrap>
                <span>
                  {t(`end.state.${x.state}`)} {x.decidedBy}
                </span>
                {x.state === 'proposed' && (
                  <>
                    <ReasonedButton
                      size="small"
                      type="primary"
                      reason={x.decision.reason?.message}
                      onClick={() => act(x.id, true)}
                    >
                      {t('end.approve')}
                    </ReasonedButton>
                    <ReasonedButton size="small" reason={x.decision.reason?.message} onClick={() => act(x.id, false)}>
                      {t('end.refuse')}
                    </ReasonedButton>
                  </>
                )}
              </Flex>
            ),
          },
        ]}
      />
      <ReasonedButton danger reason={mayNot(requestContractEnd)} onClick={() => setAsking(true)}>
        {t('end.request')}
      </ReasonedButton>
      {asking && <EndRequest contractId={contractId} household={null} onEnd={() => setAsking(false)} />}
    </RecordSection>
  );
}
