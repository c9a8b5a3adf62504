import * as contract from '@bangfu/contracts/pairing/plans';
import { command } from '../../../operations.ts';
import { reverse } from '../reverse.ts';

/** Moves an applied plan to another day before its own, by another person than applied it. @throws as `reverse` */
export const movePlan = command(contract.movePlan, reverse);
