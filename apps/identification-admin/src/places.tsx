import {
  AuditOutlined,
  HomeOutlined,
  ImportOutlined,
  NotificationOutlined,
  SafetyCertificateOutlined,
} from '@ant-design/icons';
import { useText } from '@bangfu/ui/lib/i18n';
import type { PlaceGroup } from '@bangfu/ui/shell';
import type { TextKey } from './texts.zh-CN.ts';

/** This service's places, grouped. */
export function usePlaces(): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  return [
    {
      label: t('group.register'),
      places: [{ path: '/', label: t('place.households'), icon: <HomeOutlined />, phone: true }],
    },
    {
      label: t('group.identify'),
      places: [
        { path: '/cases', label: t('place.cases'), icon: <AuditOutlined />, phone: true },
        { path: '/notices', label: t('place.notices'), icon: <NotificationOutlined /> },
      ],
    },
    {
      label: t('group.data'),
      places: [
        { path: '/imports', label: t('place.imports'), icon: <ImportOutlined /> },
        { path: '/quality', label: t('place.quality'), icon: <SafetyCertificateOutlined /> },
      ],
    },
  ];
}
