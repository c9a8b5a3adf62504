import { SERVICES } from '@bangfu/contracts/core/operation';
import { LEVELS_OF_ROLE } from '@bangfu/domain/shared/grants';
import { ROLES, type Role } from '@bangfu/domain/shared/roles';
import { useSession } from '@bangfu/ui/app-frame';
import { DateField } from '@bangfu/ui/date-field';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { serviceText } from '@bangfu/ui/shell-types';
import { Form, Input, Select } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { BoundField } from './bound-scope.tsx';
import { SCOPE_ASKED } from './grant-form.ts';
import { regionName, useRegions } from './region-names.ts';

/** The fields of one grant: role, the scope the role is held in, and its last day. */
export function GrantFields({
  role,
  optional = false,
}: {
  readonly role: Role | undefined;
  readonly optional?: boolean;
}) {
  const t = useText<TextKey>();
  const roles = ROLES.map((value) => ({ value, label: t(`role.${value}`) }));
  return (
    <>
      <Form.Item
        name="role"
        label={t('grant.role')}
        rules={optional ? [] : [{ required: true, message: t('grant.roleMissing') }]}
      >
        <Select<Role>
          options={roles}
          showSearch={{ optionFilterProp: 'label' }}
          allowClear={optional}
          placeholder={t(optional ? 'accounts.later' : 'grant.roleMissing')}
        />
      </Form.Item>
      {role && <ScopeFields role={role} />}
      {role && <UntilField isNeeded={role === 'evaluator'} />}
    </>
  );
}

function ScopeFields({ role }: { readonly role: Role }) {
  const t = useText<TextKey>();
  const kind = SCOPE_ASKED[role];
  if (kind === 'platform') return null;
  if (kind === 'region') return <RegionField role={role} />;
  const label = t(`grant.id.${kind}`);
  return (
    <>
      <Form.Item name="id" label={label} rules={[{ required: true, message: t('grant.idMissing', { field: label }) }]}>
        <BoundField key={kind} kind={kind} label={label} />
      </Form.Item>
      {kind === 'evaluation' && <EvaluationFields />}
    </>
  );
}

function useRegionOptions(levels: readonly string[]) {
  const { rows, isLoading } = useRegions();
  const fit = rows.filter((row) => levels.includes(row.level));
  return { options: fit.map(({ code }) => ({ value: code, label: regionName(rows, code) })), isLoading };
}

function RegionField({ role }: { readonly role: Role }) {
  const t = useText<TextKey>();
  const { county } = useSession();
  const levels = LEVELS_OF_ROLE[role] ?? [];
  const { options, isLoading } = useRegionOptions(levels);
  const rules = [
    { required: true, message: t('grant.regionMissing') },
    { pattern: /^\d{12}$/, message: t('grant.regionWrong') },
  ];
  return (
    <Form.Item
      key={role}
      name="region"
      label={t('grant.region')}
      rules={rules}
      {...(levels.includes('county') && { initialValue: county.code })}
    >
      {options.length > 0 || isLoading ? (
        <Select
          loading={isLoading}
          options={options}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('grant.regionMissing')}
        />
      ) : (
        <Input inputMode="numeric" maxLength={12} placeholder={t('grant.regionCode', { code: county.code })} />
      )}
    </Form.Item>
  );
}

function EvaluationFields() {
  const t = useText<TextKey>();
  const ui = useUiText();
  const { county } = useSession();
  const { options: known } = useRegionOptions(['county', 'township']);
  const services = SERVICES.map((value) => ({ value, label: ui(serviceText(value)) }));
  const options = known.length > 0 ? known : [{ value: county.code, label: county.name || county.code }];
  return (
    <>
      <Form.Item
        name="regions"
        label={t('grant.region')}
        initialValue={[county.code]}
        rules={[{ required: true, message: t('grant.regionMissing') }]}
      >
        <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item
        name="services"
        label={t('grant.services')}
        rules={[{ required: true, message: t('grant.servicesMissing') }]}
      >
        <Select
          mode="multiple"
          options={services}
          placeholder={t('grant.servicesMissing')}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
    </>
  );
}

function UntilField({ isNeeded }: { readonly isNeeded: boolean }) {
  const today = usePlatformDay();
  const t = useText<TextKey>();
  return (
    <Form.Item
      name="until"
      label={t('grant.until')}
      initialValue={null}
      extra={t(isNeeded ? 'grant.untilLast' : 'grant.untilHint')}
      rules={isNeeded ? [{ required: true, message: t('grant.untilMissing') }] : []}
    >
      <DateField label={t('grant.until')} min={today} />
    </Form.Item>
  );
}
