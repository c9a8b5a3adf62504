import {
  AuditOutlined,
  BankOutlined,
  BookOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  PieChartOutlined,
  SafetyCertificateOutlined,
  SolutionOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { getAttendance } from '@bangfu/contracts/training/attendance';
import { listCertificates } from '@bangfu/contracts/training/certificates';
import { listClasses, listSessions } from '@bangfu/contracts/training/classes';
import { listCourses } from '@bangfu/contracts/training/courses';
import { getCoverage } from '@bangfu/contracts/training/coverage';
import { listTrainingPolicies } from '@bangfu/contracts/training/policies';
import { listTrainees } from '@bangfu/contracts/training/trainees';
import { listProviders } from '@bangfu/contracts/training/providers';
import { useText } from '@bangfu/ui/lib/i18n';
import type { PlaceGroup } from '@bangfu/ui/shell';
import type { TextKey } from './texts.zh-CN.ts';

/** This service's places, grouped; each is offered to whom it opens. */
export function usePlaces(): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  return [
    {
      label: t('group.teach'),
      places: [
        { path: '/', label: t('place.classes'), icon: <TeamOutlined />, phone: true, opens: listClasses },
        { path: '/calendar', label: t('place.calendar'), icon: <CalendarOutlined />, phone: true, opens: listSessions },
        {
          path: '/attendance',
          label: t('place.attendance'),
          icon: <CheckSquareOutlined />,
          phone: true,
          opens: getAttendance,
        },
      ],
    },
    {
      label: t('group.prepare'),
      places: [
        { path: '/courses', label: t('place.courses'), icon: <BookOutlined />, opens: listCourses },
        { path: '/providers', label: t('place.providers'), icon: <BankOutlined />, opens: listProviders },
        { path: '/policies', label: t('place.policies'), icon: <AuditOutlined />, opens: listTrainingPolicies },
      ],
    },
    {
      label: t('group.result'),
      places: [
        { path: '/trainees', label: t('place.trainees'), icon: <SolutionOutlined />, opens: listTrainees },
        {
          path: '/certificates',
          label: t('place.certificates'),
          icon: <SafetyCertificateOutlined />,
          phone: true,
          opens: listCertificates,
        },
        { path: '/coverage', label: t('place.coverage'), icon: <PieChartOutlined />, opens: getCoverage },
      ],
    },
  ];
}
