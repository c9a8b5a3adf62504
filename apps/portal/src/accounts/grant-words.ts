import type { Grant, Scope } from '@bangfu/domain/shared/roles';
import { useSession } from '@bangfu/ui/app-frame';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { serviceText } from '@bangfu/ui/shell-types';
import { SERVICES } from '@bangfu/contracts/core/operation';
import type { TextKey } from '../texts.zh-CN.ts';
import { lastDayOf } from './grant-form.ts';
import { regionName, useRegions } from './region-names.ts';

export interface GrantWords {
  readonly role: (grant: Grant) => string;
  /** `bound` is the name of what the scope is bound to, where it is known. */
  readonly scope: (scope: Scope, bound?: string | null) => string;
  /** Role and scope in a line of a list, where the name of what a scope is bound to is not asked for. */
  readonly both: (grant: Grant) => string;
  readonly time: (grant: Grant) => string;
}

const said = (...parts: readonly string[]) => parts.filter(Boolean).join(' · ');

/** Says grants in words: role, scope by its names, and how long. */
export function useGrantWords(): GrantWords {
  const t = useText<TextKey>();
  const ui = useUiText();
  const { rows: regions } = useRegions();
  const { county } = useSession();
  const region = (code: string) => (code === county.code ? county.name || code : regionName(regions, code));
  const join = t('absent.join');
  const role = (grant: Grant) => t(`role.${grant.role}`);
  /** Without what the scope is bound to. */
  const place = (scope: Scope) => {
    if (scope.kind === 'platform') return t('grant.platform');
    if (scope.kind === 'region') return region(scope.code);
    if (scope.kind !== 'evaluation') return '';
    const services = SERVICES.filter((service) => scope.services.includes(service)).map((s) => ui(serviceText(s)));
    return said(scope.regions.map(region).join(join), services.join(join));
  };
  return {
    role,
    scope: (scope, bound) => {
      if (scope.kind === 'platform' || scope.kind === 'region') return place(scope);
      return said(bound ?? t(`grant.id.${scope.kind}`), place(scope));
    },
    both: (grant) => said(role(grant), place(grant.scope)),
    time: (grant) => {
      const day = lastDayOf(grant);
      return day === null ? t('grant.forever') : t('grant.untilDay', { day });
    },
  };
}
