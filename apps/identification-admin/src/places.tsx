import {
  AuditOutlined,
  HomeOutlined,
  ImportOutlined,
  NotificationOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
} from '@ant-design/icons';
import { listCases } from '@bangfu/contracts/identification/cases';
import { getQuality, listHouseholds } from '@bangfu/contracts/identification/households';
import { listImports } from '@bangfu/contracts/identification/imports';
import { listNotices } from '@bangfu/contracts/identification/notices';
import { listIdentificationPolicies } from '@bangfu/contracts/identification/policies';
import { useText } from '@bangfu/ui/lib/i18n';
import type { PlaceGroup } from '@bangfu/ui/shell';
import type { TextKey } from './texts.zh-CN.ts';

/** This service's places, grouped; each is offered to whom it opens. */
export function usePlaces(): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  return [
    {
      label: t('group.register'),
      places: [{ path: '/', label: t('place.households'), icon: <HomeOutlined />, phone: true, opens: listHouseholds }],
    },
    {
      label: t('group.identify'),
      places: [
        { path: '/cases', label: t('place.cases'), icon: <AuditOutlined />, phone: true, opens: listCases },
        { path: '/notices', label: t('place.notices'), icon: <NotificationOutlined />, opens: listNotices },
      ],
    },
    {
      label: t('group.data'),
      places: [
        { path: '/imports', label: t('place.imports'), icon: <ImportOutlined />, opens: listImports },
        { path: '/policies', label: t('place.policies'), icon: <ReadOutlined />, opens: listIdentificationPolicies },
        { path: '/quality', label: t('place.quality'), icon: <SafetyCertificateOutlined />, opens: getQuality },
      ],
    },
  ];
}
