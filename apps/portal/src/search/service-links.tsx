import { DownOutlined } from '@ant-design/icons';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { getDossier } from '@bangfu/contracts/gateway/county';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { serviceText } from '@bangfu/ui/shell-types';
import { Loading } from '@bangfu/ui/states';
import { Button, Popover } from 'antd';
import { useState } from 'react';
import { useOffered } from '../offered.ts';
import type { TextKey } from '../texts.zh-CN.ts';

interface ServiceLinksProps {
  readonly household: { readonly number: string; readonly headName: string };
}

/** The household's page in each service that holds something of it; the services are asked when it is opened. */
export function ServiceLinks({ household }: ServiceLinksProps) {
  const t = useText<TextKey>();
  const [open, setOpen] = useState(false);
  const found = useOperation(getDossier, { params: { householdNumber: household.number } }, { enabled: open });
  const content = found.data ? (
    <Links parts={found.data.parts} />
  ) : found.isError ? (
    problemOf(found.error).title
  ) : (
    <Loading rows={3} />
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={<div style={{ minWidth: 120 }}>{content}</div>}
    >
      <Button size="small" aria-label={t('search.linksOf', { name: household.headName })} aria-expanded={open}>
        {t('search.links')} <DownOutlined aria-hidden="true" />
      </Button>
    </Popover>
  );
}

function Links({ parts }: { readonly parts: AnswerOf<typeof getDossier>['parts'] }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const offered = useOffered();
  const known = parts.flatMap(({ service, dossier }) =>
    dossier && offered(service) ? [{ service, link: dossier.link }] : [],
  );
  if (known.length === 0) return t('search.linksNone');
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none', lineHeight: 2.2 }}>
      {known.map(({ service, link }) => (
        <li key={service}>
          <a href={link}>{ui(serviceText(service))}</a>
        </li>
      ))}
    </ul>
  );
}
