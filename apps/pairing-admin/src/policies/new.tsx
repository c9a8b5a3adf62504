import { draftPairingPolicy, getPairingPolicy } from '@bangfu/contracts/pairing/policy';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Loading } from '@bangfu/ui/states';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { PolicyForm } from './form.tsx';

/** A new draft, which begins with what holds today. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const today = usePlatformDay();
  const found = useOperation(getPairingPolicy, {});
  const draft = useCommand(draftPairingPolicy, { onDone: ({ id }) => navigate(`/policies/${id}`) });
  const body = () => {
    if (found.isError && !found.data) {
      return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
    }
    if (!found.data) return <Loading />;
    return (
      <PolicyForm
        initial={{ validFrom: today, document: '', content: found.data.content }}
        submitLabel={t('policy.saveDraft')}
        command={draft}
        onSubmit={(given) => draft.mutate({ body: given })}
      />
    );
  };
  return (
    <Page title={t('policy.draft')} subtitle={t('policy.draftSubtitle')} help={t('policy.help')}>
      {body()}
    </Page>
  );
}
