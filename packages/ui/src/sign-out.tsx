import { signOut } from '@bangfu/contracts/gateway/session';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useCommand } from './lib/data.ts';
import { countDrafts, wipeDrafts } from './lib/draft-store.ts';
import { useUiText } from './lib/i18n.ts';

/**
 * Signing out. Drafts that would stay on this device are asked about first: others may use it.
 * @returns the act, and the question to be drawn while it is asked
 */
export function useSignOut(accountId: string, leave: (path: string) => void) {
  const t = useUiText();
  const [drafts, setDrafts] = useState(0);
  const end = useCommand(signOut, { refresh: async () => undefined, onDone: () => leave('/sign-in') });
  const act = () => {
    const count = countDrafts(accountId);
    if (count === 0) end.mutate({});
    else setDrafts(count);
  };
  const go = (wipe: boolean) => {
    if (wipe) wipeDrafts(accountId);
    end.mutate({});
  };
  const question = (
    <Modal
      open={drafts > 0}
      title={t('signOut.drafts', { count: drafts })}
      onCancel={() => setDrafts(0)}
      footer={[
        <Button key="stay" onClick={() => setDrafts(0)}>
          {t('signOut.stay')}
        </Button>,
        <Button key="wipe" danger loading={end.isPending} onClick={() => go(true)}>
          {t('signOut.wipe')}
        </Button>,
        <Button key="keep" type="primary" loading={end.isPending} onClick={() => go(false)}>
          {t('signOut.keep')}
        </Button>,
      ]}
    >
      <p>{t('signOut.draftsHint')}</p>
    </Modal>
  );
  return { act, question };
}
