import {
  type DecidableAccountChange,
  decideAccountChange,
  listAccountChanges,
  requestAccountChange,
} from '@bangfu/contracts/industry/account-changes';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Alert, Button, Flex, Form, Input, Modal, Space } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { useAccountRules } from './account-rules.ts';

type Fields = BodyOf<typeof requestAccountChange>;

interface RequestProps {
  readonly contractId: string;
  readonly household: { readonly householdId: string; readonly householdNumber: string; readonly headName: string };
  readonly onEnd: () => void;
}

/** Asks for another account of one household; it is used after another person has agreed. */
export function AccountRequest({ contractId, household, onEnd }: RequestProps) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const rules = useAccountRules();
  const request = useCommand(requestAccountChange, { onDone: onEnd });
  const { householdId, householdNumber, headName } = household;
  return (
    <Modal open title={t('account.of', { head: headName, number: householdNumber })} footer={null} onCancel={onEnd}>
      <Form<Fields>
        layout="vertical"
        onFinish={(body) => request.mutate({ params: { contractId, householdId }, body }, refused)}
      >
        <Form.Item name="bankName" label={t('account.newBank')} rules={rules.bank}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="account" label={t('account.newAccount')} rules={rules.account}>
          <Input inputMode="numeric" autoComplete="off" maxLength={30} />
        </Form.Item>
        <Form.Item name="reason" label={t('account.reason')} rules={[{ required: true, min: 2 }]}>
          <Input maxLength={500} />
        </Form.Item>
        <Space>
          <Button type="primary" htmlType="submit" loading={request.isPending}>
            {t('account.request')}
          </Button>
          <Button onClick={onEnd}>{t('account.cancel')}</Button>
        </Space>
      </Form>
    </Modal>
  );
}

/** Changes of account under a contract: before, after, why, by whom; another person decides. */
export function AccountChanges({ contractId }: { readonly contractId: string }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const list = useOperation(listAccountChanges, { params: { contractId } });
  const decide = useCommand(decideAccountChange);
  const act = (changeId: string, approved: boolean) =>
    decide.mutate({ params: { changeId }, body: { approved } }, refused);
  const rows = list.data?.rows ?? [];
  return (
    <RecordSection id="account-changes" title={t('account.title')}>
      {rows.some((change) => change.state === 'proposed') && <Alert type="info" showIcon title={t('account.waits')} />}
      <InnerTable<DecidableAccountChange>
        rowKey="id"
        loading={list.isPending}
        dataSource={rows}
        locale={{ emptyText: <Empty title={t('account.none')} small /> }}
        columns={[
          { title: t('head'), render: (_, c) => `${c.headName} ${c.householdNumber}` },
          { title: t('account.before'), render: (_, c) => `${c.bankName} ****${c.accountTail}` },
          { title: t('account.after'), render: (_, c) => `${c.newBankName} ****${c.newAccountTail}` },
          { title: t('account.reason'), dataIndex: 'reason' },
          { title: t('account.requested'), render: (_, c) => `${c.requestedBy} ${formatMoment(c.requestedAt)}` },
          {
            title: t('status'),
            render: (_, c) => (
              <Flex gap="small" align="center" wrap>
                <span>
                  {t(`account.state.${c.state}`)} {c.decidedBy}
                </span>
                {c.state === 'proposed' && (
                  <>
                    <ReasonedButton
                      size="small"
                      type="primary"
                      reason={c.decision.reason?.message}
                      onClick={() => act(c.id, true)}
                    >
                      {t('account.approve')}
                    </ReasonedButton>
                    <ReasonedButton size="small" reason={c.decision.reason?.message} onClick={() => act(c.id, false)}>
                      {t('account.refuse')}
                    </ReasonedButton>
                  </>
                )}
              </Flex>
            ),
          },
        ]}
      />
    </RecordSection>
  );
}
