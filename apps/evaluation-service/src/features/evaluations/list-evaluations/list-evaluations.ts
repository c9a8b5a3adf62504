import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { query } from '../../../operations.ts';
import { findVisible } from '../evaluation.repository.ts';

/** The evaluations within the caller's scope, newest first. */
export const listEvaluations = query(contract.listEvaluations, ({ read, caller, query: asked }) =>
  findVisible(read, caller, asked),
);
