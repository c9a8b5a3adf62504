import { answerDividendObjection } from '@bangfu/contracts/industry/dividend-notices';
import type { VillageNotice } from '@bangfu/contracts/industry/village-notice';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Input, Space } from 'antd';
import { useState } from 'react';
import { ConfirmedButton } from '../confirmed-button.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import type { OpenDeclaration } from './actions.tsx';

interface ObjectionProps {
  readonly declaration: OpenDeclaration;
  readonly notice: VillageNotice;
  readonly objection: VillageNotice['objections'][number];
}

/** An objection with its answer, or the place to answer it. */
export function Objection({ declaration, notice, objection }: ObjectionProps) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [text, setText] = useState('');
  const answer = useCommand(answerDividendObjection);
  const reason = closedBy(notice.steps, 'answer-objection') ?? (text.trim().length < 2 ? t('act.answer') : null);
  const decide = (upheld: boolean) =>
    answer.mutate(
      {
        params: { declarationId: declaration.id, objectionId: objection.id },
        body: { version: declaration.version, upheld, text },
      },
      refused,
    );
  return (
    <article>
      <p>
        {notice.villageName} {objection.receipt} {formatMoment(objection.raisedAt)}：{objection.text}
      </p>
      {objection.supporters > 0 && <p>{t('objection.supporters', { count: objection.supporters })}</p>}
      {objection.answeredAt ? (
        <p>
          {t('act.answer')} {formatMoment(objection.answeredAt)}：{objection.answer}
        </p>
      ) : (
        <Space wrap>
          <Input
            aria-label={t('act.answer')}
            placeholder={t('act.answer')}
            value={text}
            onChange={(e) => setText(e.target.value)}
          />
          <ReasonedButton reason={reason} onClick={() => decide(false)}>
            {t('act.dismiss')}
          </ReasonedButton>
          <ConfirmedButton
            danger
            label={t('act.uphold')}
            title={t('act.uphold')}
            description={t('act.upholdHint')}
            reason={reason}
            onConfirm={() => decide(true)}
          />
        </Space>
      )}
    </article>
  );
}
