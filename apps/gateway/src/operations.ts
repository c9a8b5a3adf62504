import { operationsOver } from '@bangfu/platform/operation/operation';
import type { Gateway } from './gateway.ts';
import type { DB } from './generated/tables.ts';

/** The tables of the gateway. */
export type Tables = DB;

/** The shapes of the gateway's operations. */
export const { command, query, procedure, carryOut } = operationsOver<Tables, Gateway>();
