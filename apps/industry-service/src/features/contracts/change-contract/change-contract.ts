import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeContract, type ShareContract } from '@bangfu/contracts/industry/contracts';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { conflict } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { holdDraft } from '../contract.repository.ts';
import { readContract, type Reader } from '../list-contracts/list-contracts.query.ts';

/** Changes the terms of a draft. @throws Refusal 404, 409; DomainError CONTRACT_SIGNED */
export function alterContract(
  service: Industry,
  actor: Actor & Reader,
  contractId: string,
  body: BodyOf<typeof changeContract>,
): Promise<ShareContract> {
  return runCommand(
    service.transaction,
    service.newId,
    changeContract,
    actor,
    { contractId, ...body },
    async (tx, sql) => {
      await holdDraft(sql, actor.caller, contractId);
      const before = await readContract(sql, actor, contractId);
      const { version, from, to, guaranteedBp, profitShareBp } = body;
      const { count } = await tx.contract.updateMany({
        where: { id: contractId, version },
        data: {
          ...(from && { periodFrom: new Date(from) }),
          ...(to && { periodTo: new Date(to) }),
          ...(guaranteedBp !== undefined && { guaranteedBp }),
          ...(profitShareBp !== undefined && { profitShareBp }),
          version: { increment: 1 },
        },
      });
      if (count === 0) throw conflict(before);
      return {
        answer: await readContract(sql, actor, contractId),
        audit: [
          {
            action: changeContract.audit ?? '',
            recordType: 'contract',
            recordId: contractId,
            change: { before, after: body },
          },
        ],
      };
    },
  );
}
