import {
  ApartmentOutlined,
  CarOutlined,
  HeartOutlined,
  LinkOutlined,
  NodeIndexOutlined,
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
      label: t('group.mine'),
      places: [
        { path: '/', label: t('place.mine'), icon: <HeartOutlined />, phone: true },
        { path: '/visits', label: t('place.visits'), icon: <CarOutlined />, phone: true },
      ],
    },
    {
      label: t('group.pairing'),
      places: [
        { path: '/pairings', label: t('place.pairings'), icon: <LinkOutlined />, phone: true },
        { path: '/plans', label: t('place.plans'), icon: <NodeIndexOutlined /> },
      ],
    },
    {
      label: t('group.base'),
      places: [
        { path: '/cadres', label: t('place.cadres'), icon: <TeamOutlined /> },
        { path: '/units', label: t('place.units'), icon: <ApartmentOutlined /> },
      ],
    },
  ];
}
