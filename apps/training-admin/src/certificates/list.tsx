import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { linkTo } from '@bangfu/contracts/core/client';
import { listCertificates, printCertificate, withdrawCertificate } from '@bangfu/contracts/training/certificates';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { Page } from '@bangfu/ui/page';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import { Input, Popover, Space } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

type Certificate = AnswerOf<typeof listCertificates>['rows'][number];

const FILTER_KEYS = ['search', 'state'] as const;
const STATES = ['valid', 'withdrawn'] as const;

/** Certificates issued, to be printed, verified and, with a reason, withdrawn. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listCertificates, FILTER_KEYS);
  const columns: SheetColumns<typeof listCertificates> = [
    {
      key: 'number',
      title: t('certificates.number'),
      sort: 'number',
      render: (r) => r.number,
      width: 190,
      pinned: true,
    },
    { key: 'holder', title: t('certificates.holder'), sort: 'personName', render: (r) => r.personName, width: 90 },
    {
      key: 'household',
      title: t('class.household'),
      sort: 'householdNumber',
      render: (r) => r.householdNumber,
      width: 150,
    },
    {
      key: 'village',
      title: t('class.village'),
      sort: 'villageName',
      render: (r) => `${r.townshipName} ${r.villageName}`,
      width: 170,
    },
    { key: 'course', title: t('certificates.course'), sort: 'courseName', render: (r) => r.courseName, width: 140 },
    {
      key: 'class',
      title: t('certificates.class'),
      sort: 'className',
      render: (r) => r.className,
      width: 220,
      optional: true,
    },
    {
      key: 'mark',
      title: t('certificates.mark'),
      sort: 'mark',
      render: (r) => formatNumber(r.mark),
      width: 70,
      numeric: true,
    },
    { key: 'issuedOn', title: t('certificates.issuedOn'), sort: 'issuedOn', render: (r) => r.issuedOn, width: 110 },
    {
      key: 'state',
      title: t('certificates.state'),
      sort: 'withdrawnOn',
      render: (r) => t(r.withdrawnOn === null ? 'certificates.valid' : 'certificates.withdrawn'),
      width: 90,
    },
    {
      key: 'actions',
      title: t('certificates.print'),
      width: 200,
      render: (r) => (
        <Space>
          {r.withdrawnOn === null && (
            <a
              href={linkTo(printCertificate, { params: { certificateId: r.id } })}
              target="_blank"
              rel="noreferrer"
              aria-label={t('certificates.printOf', { name: r.personName })}
            >
              {t('certificates.print')}
            </a>
          )}
          <a href={`/public/verify/${r.number}`} target="_blank" rel="noreferrer">
            {t('certificates.verify')}
          </a>
          {isShown(r.steps, 'withdraw', 'CERTIFICATE_WITHDRAWN') && <Withdraw certificate={r} />}
        </Space>
      ),
    },
  ];
  return (
    <Page title={t('place.certificates')} subtitle={t('certificates.subtitle')} help={t('certificates.help')}>
      <Worksheet
        id="training-certificates"
        label={t('place.certificates')}
        columns={columns}
        filters={[
          { key: 'search', label: t('certificates.search'), width: 260 },
          {
            key: 'state',
            label: t('certificates.state'),
            options: STATES.map((value) => ({ value, label: t(`certificates.${value}`) })),
            width: 130,
          },
        ]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.number}
        to={(r) => `/classes/${r.classId}#certificates`}
        empty={<Empty title={t('certificates.empty')} hint={t('certificates.emptyHint')} />}
      />
    </Page>
  );
}

function Withdraw({ certificate }: { readonly certificate: Certificate }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [reason, setReason] = useState('');
  const withdraw = useCommand(withdrawCertificate);
  const closed = closedBy(certificate.steps, 'withdraw');
  const label = `${t('certificates.withdraw')} ${certificate.number}`;
  const button = (
    <ReasonedButton size="small" type="text" aria-label={label} reason={closed}>
      {t('certificates.withdraw')}
    </ReasonedButton>
  );
  if (closed !== null) return button;
  const confirm = () =>
    withdraw.mutate(
      { params: { certificateId: certificate.id }, body: { reason, version: certificate.version } },
      refused,
    );
  return (
    <Popover
      trigger="click"
      title={label}
      content={
        <Input.Search
          aria-label={t('certificates.withdrawReason')}
          placeholder={t('certificates.withdrawReason')}
          enterButton={t('certificates.withdraw')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onSearch={confirm}
          loading={withdraw.isPending}
        />
      }
    >
      {button}
    </Popover>
  );
}
