import {
  AuditOutlined,
  CarryOutOutlined,
  ClockCircleOutlined,
  ClusterOutlined,
  EnvironmentOutlined,
  NotificationOutlined,
  SearchOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useText } from '@bangfu/ui/lib/i18n';
import type { PlaceGroup } from '@bangfu/ui/shell';
import type { TextKey } from './texts.zh-CN.ts';

/** The portal's places, grouped. */
export function usePlaces(): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  return [
    {
      label: t('group.work'),
      places: [
        { path: '/', label: t('place.work'), icon: <CarryOutOutlined />, phone: true },
        { path: '/search', label: t('place.search'), icon: <SearchOutlined />, phone: true },
        { path: '/county', label: t('place.county'), icon: <EnvironmentOutlined />, phone: true },
        { path: '/announcements', label: t('place.announcements'), icon: <NotificationOutlined />, phone: true },
      ],
    },
    {
      label: t('group.manage'),
      places: [
        { path: '/accounts', label: t('place.accounts'), icon: <UserOutlined /> },
        { path: '/units', label: t('place.units'), icon: <TeamOutlined /> },
        { path: '/regions', label: t('place.regions'), icon: <ClusterOutlined /> },
      ],
    },
    {
      label: t('group.watch'),
      places: [
        { path: '/audit', label: t('place.audit'), icon: <AuditOutlined /> },
        { path: '/jobs', label: t('place.jobs'), icon: <ClockCircleOutlined /> },
      ],
    },
  ];
}
