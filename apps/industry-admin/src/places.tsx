import {
  AuditOutlined,
  BankOutlined,
  ClockCircleOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  NotificationOutlined,
  ReadOutlined,
  RollbackOutlined,
  ShopOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { listClaims } from '@bangfu/contracts/industry/claims';
import { listContracts } from '@bangfu/contracts/industry/contracts';
import { listDeclarations } from '@bangfu/contracts/industry/declarations';
import { listDividends, listLateDividends } from '@bangfu/contracts/industry/dividends';
import { listEntities } from '@bangfu/contracts/industry/entities';
import { listPaymentBatches } from '@bangfu/contracts/industry/payments';
import { listIndustryPolicies } from '@bangfu/contracts/industry/policies';
import { listIncomeHouseholds } from '@bangfu/contracts/industry/statements';
import { useText } from '@bangfu/ui/lib/i18n';
import type { PlaceGroup } from '@bangfu/ui/shell';
import type { TextKey } from './texts.zh-CN.ts';

/** This service's places, grouped; each is offered to whom it opens. */
export function usePlaces(): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  return [
    {
      label: t('group.entities'),
      places: [
        { path: '/', label: t('place.entities'), icon: <ShopOutlined />, phone: true, opens: listEntities },
        {
          path: '/contracts',
          label: t('place.contracts'),
          icon: <FileTextOutlined />,
          phone: true,
          opens: listContracts,
        },
      ],
    },
    {
      label: t('group.dividends'),
      places: [
        {
          path: '/declarations',
          label: t('place.declarations'),
          icon: <AuditOutlined />,
          phone: true,
          opens: listDeclarations,
        },
        { path: '/notices', label: t('place.notices'), icon: <NotificationOutlined />, opens: listDeclarations },
        { path: '/payments', label: t('place.payments'), icon: <BankOutlined />, opens: listPaymentBatches },
        { path: '/dividends', label: t('place.dividends'), icon: <UnorderedListOutlined />, opens: listDividends },
        { path: '/claims', label: t('place.claims'), icon: <RollbackOutlined />, opens: listClaims },
        { path: '/late', label: t('place.late'), icon: <ClockCircleOutlined />, opens: listLateDividends },
        { path: '/policies', label: t('place.policies'), icon: <ReadOutlined />, opens: listIndustryPolicies },
      ],
    },
    {
      label: t('group.income'),
      places: [
        {
          path: '/statements',
          label: t('place.statements'),
          icon: <FileDoneOutlined />,
          phone: true,
          opens: listIncomeHouseholds,
        },
      ],
    },
  ];
}
