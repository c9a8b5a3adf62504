import {
  AuditOutlined,
  BarChartOutlined,
  BookOutlined,
  FilterOutlined,
  HomeOutlined,
  ImportOutlined,
  NotificationOutlined,
  QuestionCircleOutlined,
  SafetyCertificateOutlined,
  SwapOutlined,
  TeamOutlined,
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
      places: [
        { path: '/', label: t('place.households'), icon: <HomeOutlined />, phone: true },
        { path: '/persons', label: t('place.persons'), icon: <TeamOutlined /> },
        { path: '/movements', label: t('place.movements'), icon: <SwapOutlined />, phone: true },
      ],
    },
    {
      label: t('group.identify'),
      places: [
        { path: '/cases', label: t('place.cases'), icon: <AuditOutlined />, phone: true },
        { path: '/doubts', label: t('place.doubts'), icon: <QuestionCircleOutlined />, phone: true },
        { path: '/notices', label: t('place.notices'), icon: <NotificationOutlined /> },
        { path: '/screening', label: t('place.screening'), icon: <FilterOutlined /> },
      ],
    },
    {
      label: t('group.data'),
      places: [
        { path: '/imports', label: t('place.imports'), icon: <ImportOutlined /> },
        { path: '/quality', label: t('place.quality'), icon: <SafetyCertificateOutlined /> },
      ],
    },
    {
      label: t('group.report'),
      places: [
        { path: '/statistics', label: t('place.statistics'), icon: <BarChartOutlined /> },
        { path: '/policy', label: t('place.policy'), icon: <BookOutlined /> },
      ],
    },
  ];
}
