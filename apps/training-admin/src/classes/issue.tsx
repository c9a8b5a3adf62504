import { linkTo } from '@bangfu/contracts/core/client';
import { issueCertificates, printCertificate } from '@bangfu/contracts/training/certificates';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Alert } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { type Learner, Standing } from './learners.tsx';

/** Who may have a certificate, who has one, and why the others cannot; the button carries its number. */
export function IssueCertificates(props: { readonly classId: string; readonly learners: readonly Learner[] }) {
  const { classId, learners } = props;
  const t = useText<TextKey>();
  const refused = useRefused();
  const issue = useCommand(issueCertificates);
  const issues = learners.some(({ steps }) => isShown(steps, 'certificate'));
  const ready = learners.filter(({ steps }) => closedBy(steps, 'certificate') === null);
  const order = () => issue.mutate({ params: { classId }, body: { enrolmentIds: ready.map(({ id }) => id) } }, refused);
  return (
    <>
      {issue.data && (
        <Alert
          type={issue.data.refused.length > 0 ? 'warning' : 'success'}
          showIcon
          style={{ marginBottom: 16 }}
          title={t('class.issued', { issued: issue.data.issued.length, refused: issue.data.refused.length })}
          description={issue.data.refused.map(({ enrolmentId, personName, message }) => (
            <div key={enrolmentId}>
              {personName}：{message}
            </div>
          ))}
        />
      )}
      <InnerTable<Learner>
        rowKey="id"
        dataSource={[...learners]}
        columns={[
          { title: t('class.learner'), render: (_, r) => r.personName },
          { title: t('class.standing'), render: (_, r) => <Standing learner={r} /> },
          {
            title: '',
            render: (_, r) =>
              r.certificateId && (
                <a
                  href={linkTo(printCertificate, { params: { certificateId: r.certificateId } })}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={t('certificates.printOf', { name: r.personName })}
                >
                  {t('certificates.print')}
                </a>
              ),
          },
        ]}
      />
      {issues && (
        <ReasonedButton
          type="primary"
          style={{ marginTop: 16 }}
          loading={issue.isPending}
          reason={ready.length === 0 ? t('class.noneReady') : null}
          onClick={order}
        >
          {t('class.issue', { count: ready.length })}
        </ReasonedButton>
      )}
    </>
  );
}
