import type pg from 'pg';
import { APPEND_ONLY, CHANGES_STATE_ONLY, type DatabaseName } from './databases.ts';

/** The roles of one database, by their names on the server. */
export interface RoleNames {
  readonly app: string;
  /** The service's own, for calls that must not be able to write. */
  readonly read: string;
  /** For people and their tools: it sees the views of the schema `report` and nothing else; null where there is none. */
  readonly report: string | null;
  /** Of the event log: the role of each service, which appends to its own topics only. */
  readonly writers: Readonly<Record<string, string>>;
}

export const QUEUE_SCHEMA = 'pgboss';
/** A change of what is granted below changes this number, so that every database is granted it again. */
export const GRANTS_VERSION = 3;

/** Tables of the kit that a report joins with; jobs, keys, outbox and inbox are nobody's to read. */
const KIT_REPORTED = ['platform.household_copy', 'platform.audit_entry', 'platform.audit_seal'];

/** Of the gateway a report has these tables, of a service all its own but those that copy what is secret. */
const GATEWAY_REPORTED = ['public.account', 'public.account_grant', 'public.api_key', 'public.region'];
const NOT_REPORTED = [
  'public._prisma_migrations',
  // Cells of uploaded files as they came, ID numbers among them.
  'public.import_problem',
];

/** Names of columns that hold a secret, something made of one, or what roles.md calls sensitive. */
const SECRET_COLUMN = String.raw`_sealed$|_index$|_hash$|sha256|digest|token|password|secret|phone|email|^identity$|^wording$|^origin$|^address$|^ip_address$|^user_agent$|^birth_date$|^sex$|^health|account_tail$|fingerprint`;
/** Plain values only: bytes and JSON hold what no rule sees. */
const REPORTED_TYPES = `('text', 'varchar', 'bool', 'int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'date',
  'timestamptz', 'timestamp', 'uuid', 'xid8', '_text', '_int4', '_date')`;

/** Takes the views of reports away, so that a migration may change the tables under them; the grants make them again. */
export const DROP_REPORTS = 'DROP SCHEMA IF EXISTS report CASCADE';

/** Makes a view of each table a report may read, with the columns it may show. */
async function makeReports(client: pg.Client, name: DatabaseName, report: string | null): Promise<void> {
  await client.query(DROP_REPORTS);
  if (report === null) return;
  await client.query('CREATE SCHEMA report');
  const { rows } = await client.query<{ schema: string; table: string; columns: string }>(
    `SELECT n.nspname AS schema, c.relname AS "table", string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       JOIN pg_type t ON t.oid = a.atttypid
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND (n.nspname = 'public' OR n.nspname || '.' || c.relname = ANY ($1))
       AND ($3::text[] IS NULL OR n.nspname || '.' || c.relname = ANY ($3))
       AND NOT n.nspname || '.' || c.relname = ANY ($2)
       AND a.attname !~ $4 AND t.typname IN ${REPORTED_TYPES}
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [KIT_REPORTED, NOT_REPORTED, name === 'gateway' ? [...GATEWAY_REPORTED, ...KIT_REPORTED] : null, SECRET_COLUMN],
  );
  for (const { schema, table, columns } of rows) {
    const [from, view] = [`${schema}.${client.escapeIdentifier(table)}`, `report.${client.escapeIdentifier(table)}`];
    await client.query(`CREATE VIEW ${view} AS SELECT ${columns} FROM ${from}`);
  }
  const to = client.escapeIdentifier(report);
  await client.query(`GRANT USAGE ON SCHEMA report TO ${to}`);
  await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA report TO ${to}`);
}

/** Gives the roles of a database what they may do, in the caller's transaction. */
export async function grantAll(client: pg.Client, name: DatabaseName, roles: RoleNames): Promise<void> {
  const app = client.escapeIdentifier(roles.app);
  const read = client.escapeIdentifier(roles.read);
  const writers = Object.entries(roles.writers);
  const writing = [roles.app, ...writers.map(([, role]) => role)]
    .map((role) => client.escapeIdentifier(role))
    .join(', ');
  for (const schema of name === 'events' ? ['platform'] : ['public', 'platform', QUEUE_SCHEMA]) {
    await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${writing}`);
    await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${writing}`);
    await client.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${writing}`);
    await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${writing}`);
  }
  for (const table of APPEND_ONLY[name])
    await client.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM ${writing}`);
  if (name === 'events') {
    // Records enter through append_log only, which knows who appends.
    await client.query(`REVOKE INSERT ON platform.log FROM ${writing}`);
    await client.query(`REVOKE ALL ON platform.log_writer, platform.migration FROM ${writing}`);
    await client.query('DELETE FROM platform.log_writer');
    const entries = writers.length > 0 ? writers : [['*', roles.app] as const];
    for (const [service, role] of entries) {
      await client.query('INSERT INTO platform.log_writer (role, service) VALUES ($1, $2)', [role, service]);
    }
    return;
  }
  for (const [table, columns] of Object.entries(CHANGES_STATE_ONLY)) {
    await client.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM ${writing}`);
    await client.query(`GRANT UPDATE (${columns.join(', ')}) ON ${table} TO ${writing}`);
  }
  await client.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public, platform FROM ${read}`);
  // The gateway itself reads as the application; nobody reads its sessions, passwords and keys.
  if (name !== 'gateway') {
    await client.query(`GRANT USAGE ON SCHEMA public, platform TO ${read}`);
    await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${read}`);
    await client.query(
      `GRANT SELECT ON platform.household_copy, platform.policy, platform.audit_entry, platform.audit_seal TO ${read}`,
    );
  }
  await client.query(`REVOKE ALL ON public._prisma_migrations FROM ${app}, ${read}`);
  await makeReports(client, name, roles.report);
}
