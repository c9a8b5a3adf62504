import { operationsOver } from '@bangfu/platform/operation/operation';
import type { DB } from './generated/tables.ts';

/** The tables of this service. */
export type Tables = DB;

/** The shapes of this service's operations. */
export const { command, query } = operationsOver<Tables>();
