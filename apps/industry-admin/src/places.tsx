import {
  AuditOutlined,
  BankOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  NotificationOutlined,
  ShopOutlined,
} from '@ant-design/icons';
import { useText } from '@bangfu/ui/lib/i18n';
import type { PlaceGroup } from '@bangfu/ui/shell';
import type { TextKey } from './texts.zh-CN.ts';

/** This service's places, grouped. */
export function usePlaces(): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  return [
    {
      label: t('group.entities'),
      places: [
        { path: '/', label: t('place.entities'), icon: <ShopOutlined />, phone: true },
        { path: '/contracts', label: t('place.contracts'), icon: <FileTextOutlined />, phone: true },
      ],
    },
    {
      label: t('group.dividends'),
      places: [
        { path: '/declarations', label: t('place.declarations'), icon: <AuditOutlined />, phone: true },
        { path: '/notices', label: t('place.notices'), icon: <NotificationOutlined /> },
        { path: '/payments', label: t('place.payments'), icon: <BankOutlined /> },
      ],
    },
    {
      label: t('group.income'),
      places: [{ path: '/statements', label: t('place.statements'), icon: <FileDoneOutlined />, phone: true }],
    },
  ];
}
