import { AuditOutlined, ProfileOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { useText } from '@bangfu/ui/lib/i18n';
import type { PlaceGroup } from '@bangfu/ui/shell';
import type { TextKey } from './texts.zh-CN.ts';

/** This service's places, grouped. */
export function usePlaces(): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  return [
    {
      label: t('group.thirdParty'),
      places: [
        { path: '/', label: t('place.evaluations'), icon: <AuditOutlined />, phone: true },
        { path: '/desk', label: t('place.desk'), icon: <ProfileOutlined />, phone: true },
      ],
    },
    {
      label: t('group.control'),
      places: [{ path: '/verification', label: t('place.verification'), icon: <SafetyCertificateOutlined /> }],
    },
  ];
}
