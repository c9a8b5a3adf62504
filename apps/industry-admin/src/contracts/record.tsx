import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { declareDividend } from '@bangfu/contracts/industry/declarations';
import {
  discardContract,
  getContract,
  ContractHouseholdsOutcome,
  importContractHouseholds,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { LinkButton } from '@bangfu/ui/link-button';
import { ListWarnings } from '@bangfu/ui/list-warnings';
import { DateField } from '@bangfu/ui/date-field';
import { DropZone } from '@bangfu/ui/import-drop';
import { useListJob } from '@bangfu/ui/lib/list-job';
import { ListProgress } from '@bangfu/ui/list-progress';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ProblemPanel } from '@bangfu/ui/problem';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { Alert, Form } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { ConfirmedButton } from '../confirmed-button.tsx';
import { ListProblems } from '../list-problems.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import { AccountChanges } from './account-changes.tsx';
import { ContractEnds } from './ends.tsx';
import { HouseholdEntry, Households } from './households.tsx';
import { DividendYears } from './years.tsx';

const LARGEST = 40 * 1024 * 1024;

type OpenContract = AnswerOf<typeof getContract>;

/** One share contract: terms, what the policy says, its households, signing. */
export function Component() {
  const t = useText<TextKey>();
  const { contractId = '' } = useParams();
  const found = useOperation(getContract, { params: { contractId } });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const contract = found.data;
  const drafted = contract.state === 'drafted';
  return (
    <>
      <RecordHeader
        name={contract.entityName}
        number={contract.number}
        place={t(`contract.state.${contract.state}`)}
        actions={
          drafted ? (
            <>
              <Sign contract={contract} />
              <Discard contract={contract} />
            </>
          ) : (
            <Declare contractId={contract.id} />
          )
        }
      />
      <RecordSection id="terms" title={t('contract.findings')}>
        <Facts
          facts={[
            { label: t('contract.period'), value: `${contract.from} – ${contract.to}` },
            { label: t('contract.dividendYear'), value: t(`contract.dividendYear.${contract.dividendYear}`) },
            { label: t('contract.guaranteed'), value: formatNumber(contract.guaranteedBp / 100, 2) },
            { label: t('contract.profitShare'), value: formatNumber(contract.profitShareBp / 100, 2) },
            { label: t('contract.households'), value: formatNumber(contract.households) },
            { label: t('contract.stake'), value: formatMoney(contract.stakeFen) },
            { label: t('contract.signedOn'), value: contract.signedOn ?? '—' },
          ]}
        />
        {contract.findings.length === 0 ? (
          <Alert type="success" showIcon title={t('contract.noFindings')} />
        ) : (
          <Alert type="warning" showIcon title={contract.findings.map((finding) => finding.message).join('；')} />
        )}
      </RecordSection>
      {closedBy(contract.steps, 'list') === null && (
        <>
          <Import contractId={contract.id} />
          <HouseholdEntry contractId={contract.id} />
        </>
      )}
      <RecordSection id="households" title={t('contract.list')}>
        <Households
          contractId={contract.id}
          mayRemove={closedBy(contract.steps, 'list') === null}
          mayAsk={closedBy(contract.steps, 'change-account') === null}
        />
      </RecordSection>
      {!drafted && <DividendYears contractId={contract.id} />}
      {!drafted && <AccountChanges contractId={contract.id} />}
      {!drafted && <ContractEnds contractId={contract.id} />}
    </>
  );
}

function Declare({ contractId }: { readonly contractId: string }) {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  return (
    <LinkButton type="primary" reason={mayNot(declareDividend)} to={`/declarations/new?contract=${contractId}`}>
      {t('contract.declare')}
    </LinkButton>
  );
}

function Discard({ contract }: { readonly contract: OpenContract }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const navigate = useNavigate();
  const discard = useCommand(discardContract, { onDone: () => navigate('/contracts') });
  return (
    <ConfirmedButton
      danger
      label={t('contract.discard')}
      title={t('contract.discardOf', { number: contract.number, households: contract.households })}
      reason={closedBy(contract.steps, 'discard')}
      loading={discard.isPending}
      onConfirm={() => discard.mutate({ params: { contractId: contract.id } }, refused)}
    />
  );
}

function Sign({ contract }: { readonly contract: OpenContract }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const today = usePlatformDay();
  const sign = useCommand(signContract);
  const reason = closedBy(contract.steps, 'sign');
  const act = ({ signedOn }: { readonly signedOn: BusinessDay }) =>
    sign.mutate({ params: { contractId: contract.id }, body: { version: contract.version, signedOn } }, refused);
  return (
    <Form layout="inline" onFinish={act} initialValues={{ signedOn: today }}>
      <Form.Item name="signedOn" label={t('contract.signedOn')} rules={[{ required: true }]}>
        <DateField label={t('contract.signedOn')} max={today} />
      </Form.Item>
      <ReasonedButton type="primary" htmlType="submit" reason={reason} loading={sign.isPending}>
        {t('contract.sign')}
      </ReasonedButton>
    </Form>
  );
}

function Import({ contractId }: { readonly contractId: string }) {
  const t = useText<TextKey>();
  const list = useListJob(importContractHouseholds, ContractHouseholdsOutcome);
  const { outcome } = list;
  return (
    <RecordSection id="import" title={t('contract.import')}>
      <p>{t('contract.importHint')}</p>
      <DropZone
        types={['.xlsx', '.csv', '.xls', '.et', '.ods']}
        maxBytes={LARGEST}
        onFile={(file) => list.send({ params: { contractId }, query: { name: file.name }, body: file })}
      />
      <ListProgress list={list} />
      {outcome?.taken && <Alert type="success" showIcon title={t('contract.imported', { rows: outcome.rows })} />}
      {outcome && !outcome.taken && (
        <>
          <Alert type="error" showIcon title={t('contract.notImported')} />
          <ListProblems problems={outcome.problems} />
        </>
      )}
      {outcome && <ListWarnings warnings={outcome.warnings} />}
    </RecordSection>
  );
}
