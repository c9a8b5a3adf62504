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
  readonly time: (grant: Grant) => string;
}

/** Says grants in words: role, scope by its names, and how long. */
export function useGrantWords(): GrantWords {
  const t = useText<TextKey>();
  const ui = useUiText();
  const { rows: regions } = useRegions();
  const { county } = useSession();
  const region = (code: string) => (code === county.code ? county.name || code : regionName(regions, code));
  const join = t('absent.join');
  return {
    role: (grant) => t(`role.${grant.role}`),
    scope: (scope, bound) => {
      if (scope.kind === 'platform') return t('grant.platform');
      if (scope.kind === 'region') return region(scope.code);
      const id = bound ?? t(`grant.id.${scope.kind}`);
      if (scope.kind !== 'evaluation') return id;
      const services = SERVICES.filter((service) => scope.services.includes(service)).map((s) => ui(serviceText(s)));
      return [id, scope.regions.map(region).join(join), services.join(join)].filter(Boolean).join(' · ');
    },
    time: (grant) => {
      const day = lastDayOf(grant);
      return day === null ? t('grant.forever') : t('grant.untilDay', { day });
    },
  };
}
