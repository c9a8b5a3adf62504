import {
  ApartmentOutlined,
  CarOutlined,
  FileProtectOutlined,
  HeartOutlined,
  LinkOutlined,
  NodeIndexOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { listCadres, listHelpingUnits } from '@bangfu/contracts/pairing/cadres';
import { listPairings } from '@bangfu/contracts/pairing/pairings';
import { listPairingPolicies } from '@bangfu/contracts/pairing/policies';
import { listPlans } from '@bangfu/contracts/pairing/plans';
import { listVisits, makeVisit } from '@bangfu/contracts/pairing/visits';
import { useText } from '@bangfu/ui/lib/i18n';
import type { PlaceGroup } from '@bangfu/ui/shell';
import type { TextKey } from './texts.zh-CN.ts';

/** This service's places, grouped; each is offered to whom it opens. */
export function usePlaces(): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  return [
    {
      label: t('group.mine'),
      places: [
        { path: '/', label: t('place.mine'), icon: <HeartOutlined />, phone: true, opens: makeVisit },
        { path: '/visits', label: t('place.visits'), icon: <CarOutlined />, phone: true, opens: listVisits },
      ],
    },
    {
      label: t('group.pairing'),
      places: [
        { path: '/pairings', label: t('place.pairings'), icon: <LinkOutlined />, phone: true, opens: listPairings },
        { path: '/plans', label: t('place.plans'), icon: <NodeIndexOutlined />, opens: listPlans },
      ],
    },
    {
      label: t('group.base'),
      places: [
        { path: '/cadres', label: t('place.cadres'), icon: <TeamOutlined />, opens: listCadres },
        { path: '/units', label: t('place.units'), icon: <ApartmentOutlined />, opens: listHelpingUnits },
        { path: '/policies', label: t('place.policies'), icon: <FileProtectOutlined />, opens: listPairingPolicies },
      ],
    },
  ];
}
