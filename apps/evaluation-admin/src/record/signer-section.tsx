import { type Evaluation, registerEvaluatorKey } from '@bangfu/contracts/evaluation/evaluations';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Facts, RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Alert, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { Hash } from './frame-section.tsx';

const FINGERPRINT = /^[0-9a-f]{64}$/;

/** The key with which the evaluator signs, and the form in which the office registers it before the draw. */
export function SignerSection({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const { signer, state } = evaluation;
  const mayRegister = useMay(registerEvaluatorKey);
  const isOpen = state === 'draft' || (signer === null && (state === 'frozen' || state === 'seeded'));
  return (
    <RecordSection id="signer" title={t('signer.title')}>
      <Flex vertical gap="middle">
        {signer ? (
          <Facts
            facts={[
              { label: t('signer.holder'), value: signer.holder },
              { label: t('signer.at'), value: `${formatMoment(signer.registeredAt)} ${signer.registeredBy}` },
              { label: t('signer.fingerprint'), value: <Hash text={signer.fingerprint} />, wide: true },
            ]}
          />
        ) : (
          <Empty title={t('signer.none')} hint={t('signer.hint')} small />
        )}
        {mayRegister && isOpen && <Register evaluation={evaluation} />}
      </Flex>
    </RecordSection>
  );
}

function Register({ evaluation: { id, version } }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const [fingerprint, setFingerprint] = useState('');
  const [holder, setHolder] = useState('');
  const register = useCommand(registerEvaluatorKey, {
    onDone: () => {
      setFingerprint('');
      setHolder('');
    },
  });
  const isComplete = FINGERPRINT.test(fingerprint) && holder.trim().length >= 2;
  return (
    <Form
      layout="vertical"
      onFinish={() => register.mutate({ params: { evaluationId: id }, body: { version, fingerprint, holder } })}
    >
      {register.isError && <Alert type="error" showIcon role="alert" title={problemOf(register.error).title} />}
      <Form.Item label={t('signer.holder')} htmlFor="signer-holder" required>
        <Input id="signer-holder" maxLength={50} value={holder} onChange={(event) => setHolder(event.target.value)} />
      </Form.Item>
      <Form.Item label={t('signer.fingerprint')} htmlFor="signer-fingerprint" extra={t('signer.hint')} required>
        <Input
          id="signer-fingerprint"
          maxLength={64}
          value={fingerprint}
          onChange={(event) => setFingerprint(event.target.value.trim().toLowerCase())}
        />
      </Form.Item>
      <ReasonedButton
        htmlType="submit"
        loading={register.isPending}
        reason={isComplete ? null : t('signer.incomplete')}
      >
        {t('signer.register')}
      </ReasonedButton>
    </Form>
  );
}
