import {
  BankOutlined,
  BookOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  PieChartOutlined,
  SafetyCertificateOutlined,
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
      label: t('group.teach'),
      places: [
        { path: '/', label: t('place.classes'), icon: <TeamOutlined />, phone: true },
        { path: '/calendar', label: t('place.calendar'), icon: <CalendarOutlined />, phone: true },
        { path: '/attendance', label: t('place.attendance'), icon: <CheckSquareOutlined />, phone: true },
      ],
    },
    {
      label: t('group.prepare'),
      places: [
        { path: '/courses', label: t('place.courses'), icon: <BookOutlined /> },
        { path: '/providers', label: t('place.providers'), icon: <BankOutlined /> },
      ],
    },
    {
      label: t('group.result'),
      places: [
        { path: '/certificates', label: t('place.certificates'), icon: <SafetyCertificateOutlined />, phone: true },
        { path: '/coverage', label: t('place.coverage'), icon: <PieChartOutlined /> },
      ],
    },
  ];
}
