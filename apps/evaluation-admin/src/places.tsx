import { AuditOutlined, ProfileOutlined, ReadOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { listEvaluations, verifyEvaluationRecords } from '@bangfu/contracts/evaluation/evaluations';
import { listEvaluationPolicies } from '@bangfu/contracts/evaluation/policies';
import { useText } from '@bangfu/ui/lib/i18n';
import type { PlaceGroup } from '@bangfu/ui/shell';
import type { TextKey } from './texts.zh-CN.ts';

/** This service's places, grouped; each is offered to whom it opens. */
export function usePlaces(): readonly PlaceGroup[] {
  const t = useText<TextKey>();
  return [
    {
      label: t('group.thirdParty'),
      places: [
        { path: '/', label: t('place.evaluations'), icon: <AuditOutlined />, phone: true, opens: listEvaluations },
        { path: '/desk', label: t('place.desk'), icon: <ProfileOutlined />, phone: true, opens: listEvaluations },
      ],
    },
    {
      label: t('group.control'),
      places: [
        { path: '/policies', label: t('place.policies'), icon: <ReadOutlined />, opens: listEvaluationPolicies },
        {
          path: '/verification',
          label: t('place.verification'),
          icon: <SafetyCertificateOutlined />,
          opens: verifyEvaluationRecords,
        },
      ],
    },
  ];
}
