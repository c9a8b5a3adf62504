import type { BodyOf } from '@bangfu/contracts/core/operation';
import { ENTITY_KINDS, listIndustryVillages, registerEntity } from '@bangfu/contracts/industry/entities';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { Button, Form, Input, Select } from 'antd';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

type Fields = BodyOf<typeof registerEntity>;

/** Registers an entity: name, code, kind, the office that represents it, its villages. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const refused = useRefused();
  const villages = useOperation(listIndustryVillages);
  const register = useCommand(registerEntity, { onDone: () => navigate('/') });
  const options = (villages.data?.rows ?? []).map((v) => ({ value: v.code, label: `${v.townshipName} ${v.name}` }));
  const required = [{ required: true }];
  return (
    <Page title={t('entity.new')}>
      <Form<Fields>
        layout="vertical"
        className="bf-surface bf-form"
        onFinish={(given) => {
          const villageCodes = [...new Set([given.seatCode, ...(given.villageCodes ?? [])])];
          register.mutate({ body: { ...given, villageCodes } }, refused);
        }}
      >
        <Form.Item name="name" label={t('name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="creditCode" label={t('entity.creditCode')} rules={required}>
          <Input maxLength={18} />
        </Form.Item>
        <Form.Item name="kind" label={t('entity.kind')} rules={required}>
          <Select options={ENTITY_KINDS.map((value) => ({ value, label: t(`entity.kind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="representativeRole" label={t('entity.representative')} rules={required}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="seatCode" label={t('entity.seat')} rules={required}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={options} loading={villages.isPending} />
        </Form.Item>
        <Form.Item name="villageCodes" label={t('entity.villages')}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={options}
            loading={villages.isPending}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={register.isPending}>
          {t('entity.new')}
        </Button>
      </Form>
    </Page>
  );
}
