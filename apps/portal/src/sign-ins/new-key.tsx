import { createApiKey } from '@bangfu/contracts/gateway/keys';
import type { Grant } from '@bangfu/domain/shared/roles';
import { addDays, type BusinessDay, startOfDay } from '@bangfu/domain/shared/time';
import { KEY_DAYS, KEY_MOST_DAYS } from '@bangfu/domain/shared/accounts';
import { DateField } from '@bangfu/ui/date-field';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Button, Checkbox, Form, Input } from 'antd';
import { useGrantWords } from '../accounts/grant-words.ts';
import { ShownOnce } from '../shown-once.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import '../accounts/accounts.css';

interface Entry {
  readonly name: string;
  readonly until: BusinessDay;
  /** Positions among one's own grants. */
  readonly grants: readonly number[];
}

/** A new key with its end and the grants it may use; afterwards the key itself, once. */
export function NewKey({ grants, onEnd }: { readonly grants: readonly Grant[]; readonly onEnd: () => void }) {
  const t = useText<TextKey>();
  const words = useGrantWords();
  const today = usePlatformDay();
  const [form] = Form.useForm<Entry>();
  const make = useCommand(createApiKey);
  const submit = ({ name, until, grants: chosen }: Entry) => {
    const some = chosen.flatMap((at) => {
      const grant = grants[at];
      return grant ? [{ role: grant.role, scope: grant.scope }] : [];
    });
    make.mutate({ body: { name: name.trim(), until: startOfDay(addDays(until, 1)).toISOString(), grants: some } });
  };
  if (make.data) {
    return (
      <div className="given__form" role="status">
        <h3>{t('keys.made', { name: String(form.getFieldValue('name') ?? '') })}</h3>
        <ShownOnce
          label={t('keys.title')}
          secret={make.data.key}
          hint={t('keys.madeHint')}
          copy="keys.copy"
          copied="keys.copied"
        />
        <Button type="primary" onClick={onEnd}>
          {t('keys.close')}
        </Button>
      </div>
    );
  }
  return (
    <Form<Entry>
      className="given__form"
      form={form}
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      initialValues={{ until: addDays(today, KEY_DAYS - 1), grants: grants.length === 1 ? [0] : [] }}
      onFinish={submit}
    >
      {make.isError && <ProblemPanel problem={problemOf(make.error)} />}
      <Form.Item
        name="name"
        label={t('keys.name')}
        extra={t('keys.nameHint')}
        rules={[{ required: true, whitespace: true, message: t('keys.nameMissing') }]}
      >
        <Input autoFocus maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="until"
        label={t('keys.until')}
        extra={t('keys.untilHint')}
        rules={[{ required: true, message: t('keys.untilMissing') }]}
      >
        <DateField label={t('keys.until')} min={today} max={addDays(today, KEY_MOST_DAYS - 1)} />
      </Form.Item>
      <Form.Item
        name="grants"
        label={t('keys.grants')}
        extra={t('keys.grantsHint')}
        rules={[{ required: true, message: t('keys.grantsMissing') }]}
      >
        <Checkbox.Group
          options={grants.map((grant, value) => ({
            value,
            label: `${words.role(grant)} · ${words.scope(grant.scope)}`,
          }))}
        />
      </Form.Item>
      <div className="account-form__next">
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('keys.make')}
        </Button>
        <Button onClick={onEnd}>{t('keys.notNow')}</Button>
      </div>
    </Form>
  );
}
