import {
  endAccountSession,
  endAccountSignIns,
  listAccountSignIns,
  withdrawAccountKey,
} from '@bangfu/contracts/gateway/accounts';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { App } from 'antd';
import { KeysTable } from '../sign-ins/keys-table.tsx';
import { SessionsTable } from '../sign-ins/sessions-table.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

/** What another account is signed in by, each ended by itself or all at once. */
export function AccountSignIns({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const { message, modal } = App.useApp();
  const params = { accountId: id };
  const asked = useOperation(listAccountSignIns, { params });
  const endAll = useCommand(endAccountSignIns, {
    onDone: (ended) => void message.success(t('life.endedAll', { sessions: ended.sessions, keys: ended.keys })),
  });
  const endOne = useCommand(endAccountSession, { onDone: () => void message.success(t('signIns.ended')) });
  const withdraw = useCommand(withdrawAccountKey);
  const { sessions = [], keys = [] } = asked.data ?? {};
  const isNothing = sessions.length === 0 && keys.every(({ withdrawnAt }) => withdrawnAt !== null);
  const askAll = () =>
    void modal.confirm({
      title: t('life.endAllOf', { name }),
      content: t('life.endAllConsequence', { name }),
      okText: t('life.endAll'),
      cancelText: t('life.notNow'),
      okButtonProps: { danger: true },
      onOk: () => endAll.mutate({ params, body: {} }, refused),
    });
  const actions = (
    <ReasonedButton
      size="small"
      danger
      reason={isNothing ? t('life.nothingToEnd') : null}
      loading={endAll.isPending}
      onClick={askAll}
    >
      {t('life.endAll')}
    </ReasonedButton>
  );
  return (
    <RecordSection id="sign-ins" title={t('life.signIns')} actions={actions}>
      {asked.isError && <ProblemPanel problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />}
      {asked.isPending && <Loading />}
      {asked.data && (
        <>
          <SessionsTable
            rows={sessions}
            ending={endOne.isPending}
            onEnd={(row) => endOne.mutate({ params: { ...params, sessionId: row.id } }, refused)}
          />
          {keys.length > 0 && (
            <>
              <h3>{t('keys.title')}</h3>
              <KeysTable
                rows={keys}
                isOwn={false}
                withdrawing={withdraw.isPending}
                onWithdraw={(row) =>
                  withdraw.mutate(
                    { params: { ...params, keyId: row.id } },
                    { ...refused, onSuccess: () => void message.success(t('keys.withdrawnDone', { name: row.name })) },
                  )
                }
              />
            </>
          )}
        </>
      )}
    </RecordSection>
  );
}
