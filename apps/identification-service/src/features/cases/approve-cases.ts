import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { approveTownship } from '@bangfu/contracts/identification/cases';
import { changeOf, lockCases } from './case.repository.ts';
import { speaking } from './case-words.ts';
import type { CaseCall } from './case-call.ts';
import { auditCases, changeCases } from './change-cases.ts';
import { countImpediments, UNIMPEDED } from './impediments.ts';

/** Approves a batch at one of the two levels: all of it or nothing. @throws DomainError; Refusal 404, 409 */
export const approveCases = (
  call: CaseCall & { readonly body: BodyOf<typeof approveTownship> },
  type: 'approveTownship' | 'approveCounty',
) =>
  speaking(call.language, async () => {
    const { tx, caller, body } = call;
    const files = await lockCases(tx, caller, body.cases);
    const impediments = await countImpediments(
      tx.sql,
      files.map(({ id }) => id),
    );
    const changed = await changeCases(
      call,
      files,
      (file) => ({ type, impediments: impediments.get(file.id) ?? UNIMPEDED }),
      { opinion: body.opinion },
    );
    auditCases(call, changed);
    return { cases: changed.map(changeOf) };
  });
