import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { confirmGrant, listProposedGrants, withdrawGrant } from '@bangfu/contracts/gateway/accounts';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Alert, App } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { useBoundName } from './bound-scope.tsx';
import { useGrantWords } from './grant-words.ts';
import './accounts.css';

type Proposed = AnswerOf<typeof listProposedGrants>['rows'][number];

/** Grants that wait for a second administrator, of everybody or of one account; nothing where none waits. */
export function ProposedGrants({ accountId }: { readonly accountId?: string }) {
  const t = useText<TextKey>();
  const asked = useOperation(listProposedGrants);
  if (asked.isError) return <ProblemPanel problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />;
  const rows = (asked.data?.rows ?? []).filter(({ account }) => accountId === undefined || account.id === accountId);
  if (rows.length === 0) return null;
  const isAlone = asked.data?.otherAdministrators === 0;
  return (
    <section className="bf-surface account-form" aria-labelledby="proposed-grants">
      <h2 id="proposed-grants">{t('proposed.title', { count: rows.length })}</h2>
      <p className="account-form__hint">{t('proposed.hint')}</p>
      {isAlone && <Alert type="warning" showIcon title={t('proposed.alone')} description={t('proposed.aloneHint')} />}
      <ul className="given">
        {rows.map((row) => (
          <ProposedLine key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function ProposedLine({ row }: { readonly row: Proposed }) {
  const t = useText<TextKey>();
  const words = useGrantWords();
  const refused = useRefused();
  const { message, modal } = App.useApp();
  const scope = words.scope(row.scope, useBoundName(row.scope));
  const told = { name: row.account.name, role: words.role(row), scope };
  const confirm = useCommand(confirmGrant, { onDone: () => void message.success(t('proposed.confirmed', told)) });
  const withdraw = useCommand(withdrawGrant, { onDone: () => void message.success(t('proposed.declined', told)) });
  const params = { accountId: row.account.id, grantId: row.id };
  const askConfirm = () =>
    void modal.confirm({
      title: t('proposed.confirmOf', told),
      content: t('grant.giveConsequence', told),
      okText: t('proposed.confirm'),
      cancelText: t('grant.notNow'),
      onOk: () => confirm.mutate({ params, body: {} }, refused),
    });
  return (
    <li className="given__one">
      <div className="given__line">
        <strong>{told.name}</strong>
        <span>
          {told.role} · {scope}
        </span>
        <span className="given__time">{words.time(row)}</span>
        <span>{t('proposed.by', { name: row.proposedBy, at: formatMoment(row.proposedAt) })}</span>
        <ReasonedButton
          size="small"
          type="primary"
          aria-label={t('proposed.confirmOf', told)}
          loading={confirm.isPending}
          reason={closedBy(row.steps, 'confirm')}
          onClick={askConfirm}
        >
          {t('proposed.confirm')}
        </ReasonedButton>
        <ReasonedButton
          size="small"
          aria-label={t('proposed.declineOf', told)}
          loading={withdraw.isPending}
          reason={closedBy(row.steps, 'withdraw')}
          onClick={() => withdraw.mutate({ params }, refused)}
        >
          {t('proposed.decline')}
        </ReasonedButton>
      </div>
    </li>
  );
}
