import * as contract from '@bangfu/contracts/identification/cases';
import { command } from '../../../operations.ts';
import { approveCases } from '../approve-cases.ts';

/**
 * Approves a batch at the township: all of it or nothing.
 * @throws DomainError SEPARATION_OF_DUTIES, CASE_QUALITY_ERRORS, CASE_WARNINGS_UNEXPLAINED and others; Refusal 404, 409
 */
export const approveTownship = command(contract.approveTownship, (call) => approveCases(call, 'approveTownship'));
