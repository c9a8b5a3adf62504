import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { listGatewayAudit } from '@bangfu/contracts/gateway/audit';

/** An entry of any of the audit logs; all have one shape. */
export type AuditRow = AnswerOf<typeof listGatewayAudit>['rows'][number];
