import { z } from 'zod';
import { platformOperations, Verification } from '../core/every-service.ts';
import { operation, SERVICES } from '../core/operation.ts';

export const {
  listAudit: listGatewayAudit,
  verifyAudit: verifyGatewayAudit,
  listParkedEvents: listGatewayParkedEvents,
  redriveEvents: redriveGatewayEvents,
} = platformOperations('gateway');

export const verifyEverything = operation({
  id: 'verifyEverything',
  owner: 'gateway',
  method: 'GET',
  path: '/audit/verification/all',
  summary: { zh: '校验全部服务的审计日志链和封存的记录', en: 'Verify what the gateway and every service have sealed' },
  access: ['auditor', 'system-administrator', 'county-office'],
  /** Services that did not answer were not verified: they are named, so that nobody takes silence for soundness. */
  answer: Verification.extend({ absent: z.array(z.enum(SERVICES)) }),
});
