import * as contract from '@bangfu/contracts/pairing/plans';
import { command } from '../../../operations.ts';
import { reverse } from '../reverse.ts';

/** Takes back an applied plan before its day, by another person than applied it. @throws as `reverse` */
export const withdrawPlan = command(contract.withdrawPlan, reverse);
