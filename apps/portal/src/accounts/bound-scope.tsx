import { BOUND_KINDS, type BoundKind, everyService, type ScopeChoice } from '@bangfu/contracts/core/every-service';
import type { Scope } from '@bangfu/domain/shared/roles';
import { useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { Select } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

const choicesOf = (kind: BoundKind) => everyService(BOUND_KINDS[kind]).listScopeChoices;
const said = ({ name, detail }: ScopeChoice) => (detail === '' ? name : `${name}（${detail}）`);
const isBound = (kind: Scope['kind']): kind is BoundKind => kind in BOUND_KINDS;

/** The name of what a grant is bound to; null for a division, and until it is known. */
export function useBoundName(scope: Scope): string | null {
  const kind = isBound(scope.kind) ? scope.kind : 'unit';
  const id = 'id' in scope ? scope.id : '';
  const found = useOperation(choicesOf(kind), { query: { kind, id } }, { enabled: id !== '' });
  const [choice] = found.data?.rows ?? [];
  return id !== '' && choice?.id === id ? said(choice) : null;
}

interface BoundFieldProps {
  readonly kind: BoundKind;
  readonly label: string;
  readonly value?: string;
  readonly onChange?: (id: string) => void;
}

/** Finds what a grant is bound to by its name or number. */
export function BoundField({ kind, label, value, onChange }: BoundFieldProps) {
  const t = useText<TextKey>();
  const [search, setSearch] = useState('');
  const found = useOperation(choicesOf(kind), { query: { kind, search } });
  return (
    <Select<string>
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={found.isFetching}
      placeholder={t('grant.idHint')}
      notFoundContent={found.isPending ? null : t('grant.idNone')}
      options={(found.data?.rows ?? []).map((choice) => ({ value: choice.id, label: said(choice) }))}
      {...(value !== undefined && { value })}
      {...(onChange && { onChange })}
    />
  );
}
