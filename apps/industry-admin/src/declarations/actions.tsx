import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  checkDeclaration,
  closeDeclaration,
  discardDeclaration,
  type getDeclaration,
  redraftDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import { closeDividendNotice, openDividendNotice } from '@bangfu/contracts/industry/dividend-notices';
import { createPaymentBatch } from '@bangfu/contracts/industry/payments';
import { parseYuan } from '@bangfu/domain/shared/money';
import { useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Input, Space } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ConfirmedButton } from '../confirmed-button.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

/** A declaration with what the person can do with it now. */
export type OpenDeclaration = AnswerOf<typeof getDeclaration>;
type StepName = OpenDeclaration['steps'][number]['step'];

/** The buttons of a declaration's next step; each says why it cannot be pressed. */
export function Actions({ declaration }: { readonly declaration: OpenDeclaration }) {
  switch (declaration.status) {
    case 'drafted':
      return <Draft declaration={declaration} />;
    case 'submitted':
      return <Check declaration={declaration} />;
    case 'checked':
      return <Post declaration={declaration} op={openDividendNotice} step="open-notice" label="act.openNotice" />;
    case 'on-notice':
      return (
        <Space wrap>
          {declaration.notices.some(({ state }) => state === 'waiting') && (
            <Post declaration={declaration} op={openDividendNotice} step="open-notice" label="act.openNotice" />
          )}
          <Post declaration={declaration} op={closeDividendNotice} step="close-notice" label="act.closeNotice" />
        </Space>
      );
    case 'noticed':
      // One of which nothing is to be paid is closed at once.
      return declaration.next.step === 'close' ? (
        <Step declaration={declaration} op={closeDeclaration} step="close" label="act.close" />
      ) : (
        <Pay declaration={declaration} />
      );
    case 'in-payment':
      return (
        <Space wrap>
          <Pay declaration={declaration} />
          <Step declaration={declaration} op={closeDeclaration} step="close" label="act.close" />
        </Space>
      );
    case 'closed':
    case 'discarded':
      return null;
  }
}

interface PostProps {
  readonly declaration: OpenDeclaration;
  readonly op: typeof openDividendNotice;
  readonly step: 'open-notice' | 'close-notice';
  readonly label: TextKey;
}

/** Posts or closes the lists of all villages for which the person may, at once. */
function Post({ declaration, op, step, label }: PostProps) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const command = useCommand(op);
  const open = declaration.notices.filter(({ steps }) => closedBy(steps, step) === null);
  const closed = declaration.notices.flatMap(({ state, steps }) =>
    state === (step === 'open-notice' ? 'waiting' : 'open') ? (closedBy(steps, step) ?? []) : [],
  );
  const act = () =>
    command.mutate(
      { params: { declarationId: declaration.id }, body: { noticeIds: open.map(({ id }) => id) } },
      refused,
    );
  return (
    <ReasonedButton
      type="primary"
      reason={open.length > 0 ? null : (closed[0] ?? t('notice.noneOfYours'))}
      loading={command.isPending}
      onClick={act}
    >
      {open.length > 1 ? t('notice.ofVillages', { act: t(label), count: open.length }) : t(label)}
    </ReasonedButton>
  );
}

interface StepProps {
  readonly declaration: OpenDeclaration;
  readonly op: typeof submitDeclaration;
  readonly step: StepName;
  readonly label: TextKey;
}

function Step({ declaration, op, step, label }: StepProps) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const command = useCommand(op);
  const act = () =>
    command.mutate({ params: { declarationId: declaration.id }, body: { version: declaration.version } }, refused);
  return (
    <ReasonedButton type="primary" reason={closedBy(declaration.steps, step)} loading={command.isPending} onClick={act}>
      {t(label)}
    </ReasonedButton>
  );
}

function Draft({ declaration }: { readonly declaration: OpenDeclaration }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [profit, setProfit] = useState('');
  const redraft = useCommand(redraftDeclaration);
  const distributableFen = parseYuan(profit);
  const reason = closedBy(declaration.steps, 'redraft') ?? (distributableFen === null ? t('amount.invalid') : null);
  const act = () =>
    redraft.mutate(
      {
        params: { declarationId: declaration.id },
        body: { version: declaration.version, distributableFen: distributableFen ?? -1 },
      },
      refused,
    );
  return (
    <Space wrap>
      <Step declaration={declaration} op={submitDeclaration} step="submit" label="act.submit" />
      <Input
        aria-label={t('declaration.profit')}
        placeholder={t('declaration.profit')}
        value={profit}
        onChange={(e) => setProfit(e.target.value)}
      />
      <ReasonedButton reason={reason} loading={redraft.isPending} onClick={act}>
        {t('act.recompute')}
      </ReasonedButton>
      <Discard declaration={declaration} />
    </Space>
  );
}

function Discard({ declaration }: { readonly declaration: OpenDeclaration }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const navigate = useNavigate();
  const discard = useCommand(discardDeclaration, { onDone: () => navigate('/declarations') });
  const { id, version, year, lines } = declaration;
  return (
    <ConfirmedButton
      danger
      label={t('act.discard')}
      title={t('act.discardOf', { year, lines })}
      description={t('act.discardHint')}
      reason={closedBy(declaration.steps, 'discard')}
      loading={discard.isPending}
      onConfirm={() => discard.mutate({ params: { declarationId: id }, body: { version } }, refused)}
    />
  );
}

function Check({ declaration }: { readonly declaration: OpenDeclaration }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [reason, setReason] = useState('');
  const check = useCommand(checkDeclaration);
  const decide = (passed: boolean) =>
    check.mutate(
      { params: { declarationId: declaration.id }, body: { version: declaration.version, passed, reason } },
      refused,
    );
  const blocked = closedBy(declaration.steps, 'check');
  return (
    <Space wrap>
      <ReasonedButton type="primary" reason={blocked} loading={check.isPending} onClick={() => decide(true)}>
        {t('act.pass')}
      </ReasonedButton>
      <Input
        aria-label={t('act.reason')}
        placeholder={t('act.reason')}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
      <ReasonedButton
        danger
        reason={blocked ?? (reason.trim() === '' ? t('act.reason') : null)}
        onClick={() => decide(false)}
      >
        {t('act.return')}
      </ReasonedButton>
    </Space>
  );
}

function Pay({ declaration }: { readonly declaration: OpenDeclaration }) {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const refused = useRefused();
  const make = useCommand(createPaymentBatch, { onDone: (batch) => navigate(`/payments/${batch.id}`) });
  const act = () =>
    make.mutate({ params: { declarationId: declaration.id }, body: { version: declaration.version } }, refused);
  return (
    <ReasonedButton type="primary" reason={closedBy(declaration.steps, 'pay')} loading={make.isPending} onClick={act}>
      {t('act.batch')}
    </ReasonedButton>
  );
}
