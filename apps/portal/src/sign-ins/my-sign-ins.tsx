import { PlusOutlined } from '@ant-design/icons';
import { listApiKeys, withdrawApiKey } from '@bangfu/contracts/gateway/keys';
import { endSession, listSessions, signOutEverywhere } from '@bangfu/contracts/gateway/session';
import { useSession } from '@bangfu/ui/app-frame';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { KeysTable } from './keys-table.tsx';
import { NewKey } from './new-key.tsx';
import { SessionsTable } from './sessions-table.tsx';

const leave = (path: string) => window.location.assign(path);

/** What one's own account is signed in by: sessions and keys, and the ways to end them. */
export function Component() {
  const t = useText<TextKey>();
  return (
    <Page
      title={t('signIns.title')}
      subtitle={t('signIns.subtitle')}
      help={t('signIns.help')}
      actions={<Button href="/password?next=/sign-ins">{t('signIns.changePassword')}</Button>}
    >
      <OwnSessions />
      <OwnKeys />
      <Everywhere />
    </Page>
  );
}

function OwnSessions() {
  const t = useText<TextKey>();
  const refused = useRefused();
  const { message } = App.useApp();
  const asked = useOperation(listSessions);
  const end = useCommand(endSession, { onDone: () => void message.success(t('signIns.ended')) });
  return (
    <RecordSection id="sessions" title={t('signIns.sessions')}>
      {asked.isError && <ProblemPanel problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />}
      {asked.isPending && <Loading />}
      {asked.data && (
        <SessionsTable
          rows={asked.data.rows}
          ending={end.isPending}
          onEnd={({ id }) => end.mutate({ params: { sessionId: id } }, refused)}
        />
      )}
    </RecordSection>
  );
}

function OwnKeys() {
  const t = useText<TextKey>();
  const refused = useRefused();
  const { message } = App.useApp();
  const { grants } = useSession();
  const [making, setMaking] = useState(false);
  const asked = useOperation(listApiKeys);
  const rows = asked.data?.rows ?? [];
  const withdraw = useCommand(withdrawApiKey);
  const create = !making && (
    <ReasonedButton
      type="primary"
      icon={<PlusOutlined />}
      reason={grants.length === 0 ? t('keys.noGrants') : null}
      onClick={() => setMaking(true)}
    >
      {t('keys.new')}
    </ReasonedButton>
  );
  return (
    <RecordSection id="keys" title={t('keys.title')} actions={create}>
      {making && <NewKey grants={grants} onEnd={() => setMaking(false)} />}
      {asked.isError && <ProblemPanel problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />}
      {asked.isPending && <Loading />}
      {asked.data && rows.length === 0 && !making && <Empty title={t('keys.none')} hint={t('keys.noneHint')} small />}
      {rows.length > 0 && (
        <KeysTable
          rows={rows}
          isOwn
          withdrawing={withdraw.isPending}
          onWithdraw={({ id, name }) =>
            withdraw.mutate(
              { params: { keyId: id } },
              { ...refused, onSuccess: () => void message.success(t('keys.withdrawnDone', { name })) },
            )
          }
        />
      )}
    </RecordSection>
  );
}

function Everywhere() {
  const t = useText<TextKey>();
  const [keysToo, setKeysToo] = useState(true);
  const endAll = useCommand(signOutEverywhere, { refresh: async () => undefined, onDone: () => leave('/sign-in') });
  return (
    <RecordSection id="everywhere" title={t('signIns.everywhere')}>
      <p>{t('signIns.everywhereHint')}</p>
      {endAll.isError && <ProblemPanel problem={problemOf(endAll.error)} />}
      <div className="account-form__next">
        <Checkbox checked={keysToo} onChange={({ target }) => setKeysToo(target.checked)}>
          {t('signIns.keysToo')}
        </Checkbox>
        <Button danger onClick={() => endAll.mutate({ body: { keepKeys: !keysToo } })} loading={endAll.isPending}>
          {t('signIns.everywhere')}
        </Button>
      </div>
    </RecordSection>
  );
}
