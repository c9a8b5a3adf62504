import {
  checkDeclaration,
  closeDeclaration,
  closeDividendNotice,
  type Declaration,
  openDividendNotice,
  redraftDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import { createPaymentBatch } from '@bangfu/contracts/industry/payments';
import { parseYuan } from '@bangfu/domain/shared/money';
import { useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Input, Space } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { missingOf } from './steps.ts';

/** The buttons of a declaration's next step; each says why it cannot be pressed. */
export function Actions({ declaration }: { readonly declaration: Declaration }) {
  switch (declaration.status) {
    case 'drafted':
      return <Draft declaration={declaration} />;
    case 'submitted':
      return <Check declaration={declaration} />;
    case 'checked':
      return <Step declaration={declaration} op={openDividendNotice} label="act.openNotice" />;
    case 'on-notice':
      return <Step declaration={declaration} op={closeDividendNotice} label="act.closeNotice" needsAll />;
    case 'noticed':
      return <Pay declaration={declaration} />;
    case 'in-payment':
      return (
        <Space wrap>
          <Pay declaration={declaration} />
          <Step declaration={declaration} op={closeDeclaration} label="act.close" needsAll />
        </Space>
      );
    case 'closed':
      return null;
  }
}

interface StepProps {
  readonly declaration: Declaration;
  readonly op: typeof submitDeclaration;
  readonly label: TextKey;
  /** Cannot be pressed while anything is missing. */
  readonly needsAll?: boolean;
}

function Step({ declaration, op, label, needsAll = false }: StepProps) {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const refused = useRefused();
  const step = useCommand(op);
  const reason = mayNot(op) ?? (needsAll ? missingOf(declaration, t)[0] : null);
  const act = () =>
    step.mutate({ params: { declarationId: declaration.id }, body: { version: declaration.version } }, refused);
  return (
    <ReasonedButton type="primary" reason={reason} loading={step.isPending} onClick={act}>
      {t(label)}
    </ReasonedButton>
  );
}

function Draft({ declaration }: { readonly declaration: Declaration }) {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const refused = useRefused();
  const [profit, setProfit] = useState('');
  const redraft = useCommand(redraftDeclaration);
  const distributableFen = parseYuan(profit);
  const reason = mayNot(redraftDeclaration) ?? (distributableFen === null ? t('amount.invalid') : null);
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
      <Step declaration={declaration} op={submitDeclaration} label="act.submit" needsAll />
      <Input
        aria-label={t('declaration.profit')}
        placeholder={t('declaration.profit')}
        value={profit}
        onChange={(e) => setProfit(e.target.value)}
      />
      <ReasonedButton reason={reason} loading={redraft.isPending} onClick={act}>
        {t('act.recompute')}
      </ReasonedButton>
    </Space>
  );
}

function Check({ declaration }: { readonly declaration: Declaration }) {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const refused = useRefused();
  const [reason, setReason] = useState('');
  const check = useCommand(checkDeclaration);
  const decide = (passed: boolean) =>
    check.mutate(
      { params: { declarationId: declaration.id }, body: { version: declaration.version, passed, reason } },
      refused,
    );
  const blocked = mayNot(checkDeclaration);
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

function Pay({ declaration }: { readonly declaration: Declaration }) {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const mayNot = useMayNot();
  const refused = useRefused();
  const make = useCommand(createPaymentBatch, { onDone: (batch) => navigate(`/payments/${batch.id}`) });
  const act = () =>
    make.mutate({ params: { declarationId: declaration.id }, body: { version: declaration.version } }, refused);
  return (
    <ReasonedButton type="primary" reason={mayNot(createPaymentBatch)} loading={make.isPending} onClick={act}>
      {t('act.batch')}
    </ReasonedButton>
  );
}
