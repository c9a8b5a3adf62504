import { CheckCircleFilled, ExclamationCircleFilled, SafetyCertificateOutlined } from '@ant-design/icons';
import type { AnswerOf, ServiceName } from '@bangfu/contracts/core/operation';
import { verifyEverything } from '@bangfu/contracts/gateway/audit';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useLanguage, useText, useUiText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { serviceText } from '@bangfu/ui/shell-types';
import { Button } from 'antd';
import { useState } from 'react';
import { findingName } from './words.ts';
import type { TextKey } from '../texts.zh-CN.ts';

type Result = AnswerOf<typeof verifyEverything>;

/** Computes every chain again when asked, and says plainly what was found and what could not be looked at. */
export function VerificationPanel() {
  const t = useText<TextKey>();
  const [asked, setAsked] = useState(false);
  const result = useOperation(verifyEverything, {}, { enabled: asked });
  const verify = () => {
    if (asked) void result.refetch();
    else setAsked(true);
  };
  return (
    <section className="verify bf-surface" aria-labelledby="verify-title">
      <div className="verify__head">
        <div>
          <h2 id="verify-title">{t('audit.verifyTitle')}</h2>
          <p>{t('audit.verifyHint')}</p>
        </div>
        <Button icon={<SafetyCertificateOutlined />} type="primary" loading={result.isFetching} onClick={verify}>
          {t('audit.verify')}
        </Button>
      </div>
      <div aria-live="polite">
        {result.isFetching && <p className="verify__result">{t('audit.verifying')}</p>}
        {!result.isFetching && result.isError && <ProblemPanel problem={problemOf(result.error)} onRetry={verify} />}
        {!result.isFetching && result.data && <Found result={result.data} at={result.dataUpdatedAt} />}
      </div>
    </section>
  );
}

function Found({ result, at }: { readonly result: Result; readonly at: number }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const language = useLanguage();
  const { broken, absent, unsealed } = result;
  // The gateway names the owner before what was found.
  const said = (what: string) => {
    const [owner = '', finding = ''] = what.split(': ');
    const name = owner === 'gateway' ? t('audit.gateway') : ui(serviceText(owner as ServiceName));
    return `${name} · ${findingName(finding, language)}`;
  };
  const checked = formatNumber(result.checked);
  const isSound = broken.length === 0 && absent.length === 0;
  const headline =
    broken.length > 0
      ? t('audit.broken', { count: formatNumber(broken.length), checked })
      : t(isSound ? 'audit.sound' : 'audit.partial', { checked });
  return (
    <div className={isSound ? 'verify__result' : 'verify__result verify__result--bad'}>
      <p className="verify__headline">
        {isSound ? <CheckCircleFilled aria-hidden="true" /> : <ExclamationCircleFilled aria-hidden="true" />}
        <strong>{headline}</strong>
        <time dateTime={new Date(at).toISOString()}>{formatMoment(new Date(at))}</time>
      </p>
      {unsealed > 0 && <p>{t('audit.unsealed', { count: formatNumber(unsealed) })}</p>}
      {absent.length > 0 && (
        <p>{t('audit.absent', { services: absent.map((s) => ui(serviceText(s))).join(t('absent.join')) })}</p>
      )}
      {broken.length > 0 && (
        <>
          <p>{t('audit.brokenHint')}</p>
          <div className="verify__scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('audit.brokenWhat')}</th>
                  <th scope="col">{t('audit.brokenId')}</th>
                  <th scope="col">{t('audit.brokenAt')}</th>
                </tr>
              </thead>
              <tbody>
                {broken.map((link) => (
                  <tr key={`${link.what} ${link.id}`}>
                    <td>{said(link.what)}</td>
                    <td>{link.id}</td>
                    <td>{link.at}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}
