import { platformOperations } from '@bangfu/contracts/core/every-service';
import { type Owner, SERVICES } from '@bangfu/contracts/core/operation';
import { listGatewayAudit } from '@bangfu/contracts/gateway/audit';
import { useMay } from '@bangfu/ui/lib/may';
import { sheetData, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useLanguage, useText, useUiText } from '@bangfu/ui/lib/i18n';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { serviceText } from '@bangfu/ui/shell-types';
import { Empty } from '@bangfu/ui/states';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { Alert, Select } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { actionName, actionsOf } from './actions.ts';
import { AuditEntry } from './entry.tsx';
import type { AuditRow } from './row.ts';
import { VerificationPanel } from './verification.tsx';
import { recordTypeName } from './words.ts';
import './audit.css';

const OWNERS: readonly Owner[] = ['gateway', ...SERVICES];
const FILTER_KEYS = ['of', 'recordId', 'action'] as const;

/** The audit: every chain verified, every log searched. */
export function Component() {
  const t = useText<TextKey>();
  return (
    <Page title={t('place.audit')} subtitle={t('audit.subtitle')} help={t('audit.help')}>
      <VerificationPanel />
      {useMay(listGatewayAudit) ? <AuditLog /> : <Alert type="info" showIcon title={t('audit.notList')} />}
    </Page>
  );
}

function AuditLog() {
  const t = useText<TextKey>();
  const ui = useUiText();
  const language = useLanguage();
  const navigation = useSheetAddress(FILTER_KEYS);
  const [opened, setOpened] = useState<AuditRow | null>(null);
  const { filters, size, after } = navigation.address;
  const { recordId, action } = filters;
  const owner = OWNERS.find((each) => each === filters['of']) ?? 'gateway';
  const list = useOperation(platformOperations(owner).listAudit, {
    query: { limit: size, ...(recordId && { recordId }), ...(action && { action }), ...(after && { cursor: after }) },
  });
  const ownerName = (each: Owner) => (each === 'gateway' ? t('audit.gateway') : ui(serviceText(each)));
  const columns: SheetColumn<AuditRow>[] = [
    { key: 'at', title: t('audit.at'), render: (r) => formatMoment(r.at), width: 150, pinned: true },
    { key: 'action', title: t('audit.action'), render: (r) => actionName(r.action, language), width: 220 },
    { key: 'who', title: t('audit.who'), render: (r) => r.accountName, width: 140 },
    { key: 'record', title: t('audit.record'), render: (r) => r.recordId, width: 300 },
    {
      key: 'address',
      title: t('audit.address'),
      render: (r) => (r.address === 'local' ? t('audit.thisComputer') : r.address),
      width: 140,
    },
    {
      key: 'sealed',
      title: t('audit.sealed'),
      render: (r) => t(r.sealed ? 'audit.sealedYes' : 'audit.sealedNo'),
      width: 90,
    },
    {
      key: 'recordType',
      title: t('audit.recordType'),
      render: (r) => recordTypeName(r.recordType, language),
      width: 140,
      optional: true,
    },
  ];
  // Another log has other records and actions: what was looked for in the former one is dropped.
  const choose = (next: Owner) => navigation.open(next === 'gateway' ? '' : `of=${next}`);
  return (
    <>
      <div className="audit__of">
        <label htmlFor="audit-of">{t('audit.of')}</label>
        <Select<Owner>
          id="audit-of"
          value={owner}
          onChange={choose}
          options={OWNERS.map((value) => ({ value, label: ownerName(value) }))}
          style={{ minWidth: 200 }}
        />
      </div>
      <Worksheet
        id="audit"
        label={t('audit.list')}
        columns={columns}
        filters={[
          { key: 'recordId', label: t('audit.record'), width: 260 },
          { key: 'action', label: t('audit.action'), options: actionsOf(owner, language), width: 220 },
        ]}
        data={sheetData<AuditRow>(list)}
        navigation={navigation}
        rowKey={(r) => r.id}
        rowName={(r) => `${actionName(r.action, language)} ${formatMoment(r.at)}`}
        onOpen={setOpened}
        empty={<Empty title={t('audit.empty')} hint={t('audit.emptyHint')} />}
      />
      <AuditEntry row={opened} onClose={() => setOpened(null)} />
    </>
  );
}
