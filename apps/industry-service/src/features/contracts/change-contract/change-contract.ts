import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeContract as operation, type ShareContract } from '@bangfu/contracts/industry/contracts';
import { demandPeriod } from '@bangfu/domain/industry/contract';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { demandListWithin, holdDraft } from '../contract.repository.ts';
import { getContract } from '../list-contracts/list-contracts.query.ts';
import type { Reader } from '@bangfu/platform/steps';

/** Changes the terms of a draft. @throws Refusal 404, 409; DomainError CONTRACT_SIGNED, CONTRACT_TOO_…, LISTED_DAYS_OUTSIDE */
export function changeContract(
  service: Industry,
  actor: Actor & Reader,
  contractId: string,
  body: BodyOf<typeof operation>,
): Promise<ShareContract> {
  return runCommand(service.transaction, service.newId, operation, actor, { contractId, ...body }, async (tx, sql) => {
    await holdDraft(sql, actor.caller, contractId);
    const before = await getContract(sql, actor, contractId);
    demandPeriod({ from: (body.from ?? before.from) as BusinessDay, to: (body.to ?? before.to) as BusinessDay });
    const { version, from, to, guaranteedBp, profitShareBp, dividendYear } = body;
    const { count } = await tx.contract.updateMany({
      where: { id: contractId, version },
      data: {
        ...(from && { periodFrom: new Date(from) }),
        ...(to && { periodTo: new Date(to) }),
        ...(guaranteedBp !== undefined && { guaranteedBp }),
        ...(profitShareBp !== undefined && { profitShareBp }),
        ...(dividendYear && { dividendYear }),
        version: { increment: 1 },
      },
    });
    if (count === 0) throw conflict(before);
    await demandListWithin(sql, contractId);
    return {
      answer: await getContract(sql, actor, contractId),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: { before, after: body },
        },
      ],
    };
  });
}
