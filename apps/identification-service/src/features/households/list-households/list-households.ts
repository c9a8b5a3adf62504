import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { HOUSEHOLD_STATUSES } from '@bangfu/contracts/identification/household-facts';
import * as contract from '@bangfu/contracts/identification/households';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import type { z } from 'zod';
import { query, type Tables } from '../../../operations.ts';
import { breachesOf, shownHouseholds } from '../household.repository.ts';
import { isPast, registerAsOf, type TwoTimes } from '../../../register/as-of.ts';
import { isAskedFor } from '../household-filter.ts';

type Asked = QueryOf<typeof contract.listHouseholds>;

/** The orders of households `h`, by number unless another is asked for. */
export const HOUSEHOLD_ORDER = orderOf<Asked>()(shownHouseholds, ({ text, person, number, stage, id }) => ({
  columns: {
    number: text('h.number'),
    headName: person('h.head_name'),
    villageName: text('h.village_code'),
    memberCount: number('h.member_count'),
    status: stage('h.status', HOUSEHOLD_STATUSES),
    category: { ...text('h.category'), nullable: true },
    mainCause: { ...text('h.main_cause'), nullable: true },
    perCapitaIncomeFen: { ...number('h.per_capita_income_fen'), nullable: true },
    breaches: { ...number(breachesOf), nullable: true },
  },
  own: [text('h.number'), id('h.id')],
}));

/** The households that a caller asks for. */
export const askedHouseholds = (
  read: ReadSql<Tables>,
  caller: Caller,
  filter: z.output<typeof contract.HouseholdFilter> & TwoTimes,
  cipher: Cipher,
) =>
  shownHouseholds(registerAsOf(read, caller.countyCode, filter), isPast(filter)).where((eb) =>
    isAskedFor(eb, filter, caller, cipher),
  );

/** One page of households by number or as asked for, with the exact total of the filter. */
export const findHouseholds = (
  read: ReadSql<Tables>,
  caller: Caller,
  asked: Asked,
  cipher: Cipher,
): Promise<AnswerInputOf<typeof contract.listHouseholds>> =>
  pageOfList(askedHouseholds(read, caller, asked, cipher), HOUSEHOLD_ORDER, asked, readsMasked(caller));

/** Households by number or as asked for. */
export const listHouseholds = query(contract.listHouseholds, ({ read, caller, query: asked, kit }) =>
  findHouseholds(read, caller, asked, kit.cipher),
);
