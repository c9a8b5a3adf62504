import * as contract from '@bangfu/contracts/identification/cases';
import { command } from '../../../operations.ts';
import { approveCases } from '../approve-cases.ts';

/** Approves a batch at the county: all of it or nothing. @throws as `approveTownship` */
export const approveCounty = command(contract.approveCounty, (call) => approveCases(call, 'approveCounty'));
