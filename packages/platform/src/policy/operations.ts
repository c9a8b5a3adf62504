import { operationsOver } from '../operation/operation.ts';
import type { PolicyTables } from './table.ts';

/** The shapes of the operations over policies. */
export const { command, query } = operationsOver<PolicyTables>();
