import {
  AuditOutlined,
  CarryOutOutlined,
  ClockCircleOutlined,
  ClusterOutlined,
  EnvironmentOutlined,
  HomeOutlined,
  NotificationOutlined,
  PauseCircleOutlined,
  SearchOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { Grant } from '@bangfu/domain/shared/roles';
import { useText } from '@bangfu/ui/lib/i18n';
import { platformNow } from '@bangfu/ui/lib/platform-time';
import type { PlaceGroup } from '@bangfu/ui/shell';
import { mayOpen } from './access.ts';
import { type FirstPage, firstPageOf } from './first/first-page.ts';
import type { TextKey } from './texts.zh-CN.ts';

const FIRST_LABEL: Readonly<Record<FirstPage, TextKey>> = {
  household: 'place.home',
  helped: 'place.helped',
  work: 'place.work',
};

/** The portal's places, grouped; only those the grants can use. */
export function usePlaces(grants: readonly Grant[]): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  const now = platformNow();
  const first = firstPageOf(grants);
  const groups: PlaceGroup[] = [
    {
      label: t('group.work'),
      places: [
        { path: '/', label: t(FIRST_LABEL[first]), icon: <CarryOutOutlined />, phone: true },
        { path: '/mine', label: t('place.mine'), icon: <HomeOutlined />, phone: true },
        { path: '/search', label: t('place.search'), icon: <SearchOutlined />, phone: true },
        { path: '/county', label: t('place.county'), icon: <EnvironmentOutlined />, phone: true },
        { path: '/announcements', label: t('place.announcements'), icon: <NotificationOutlined />, phone: true },
      ],
    },
    {
      label: t('group.manage'),
      places: [
        { path: '/accounts', label: t('place.accounts'), icon: <UserOutlined /> },
        { path: '/regions', label: t('place.regions'), icon: <ClusterOutlined /> },
      ],
    },
    {
      label: t('group.watch'),
      places: [
        { path: '/audit', label: t('place.audit'), icon: <AuditOutlined /> },
        { path: '/parked', label: t('place.parked'), icon: <PauseCircleOutlined /> },
        { path: '/jobs', label: t('place.jobs'), icon: <ClockCircleOutlined /> },
      ],
    },
  ];
  return groups
    .map((group) => ({ ...group, places: group.places.filter((place) => mayOpen(place.path, grants, now)) }))
    .filter((group) => group.places.length > 0);
}
