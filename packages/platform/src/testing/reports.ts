import pg from 'pg';

/** Names that a column of a report must not have, and types in which anything may lie. */
const SECRET =
  /_sealed|_index|_hash|sha256|digest|token|password|secret|phone|identity|birth_date|health|(^|_)sex$|email|^wording$|^origin$|address|user_agent|account_tail|fingerprint/;
/** Tables whose plain columns hold cells of uploaded files, or nothing of anybody's concern. */
const NEVER_SHOWN = new Set(['import_problem', '_prisma_migrations']);
const CLOSED = new Set(['bytea', 'json', 'jsonb']);

/** What the reading role sees that it should not; and which views it has. */
export async function readBy(reportUrl: string): Promise<{ views: string[]; wrong: string[] }> {
  const client = new pg.Client({ connectionString: reportUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname NOT IN ('report', 'pg_catalog', 'information_schema')
         AND n.nspname !~ '^pg_t' AND has_schema_privilege(n.oid, 'USAGE')
         AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE')
           ELSE has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(c.oid, 'DELETE, TRUNCATE') END`,
    );
    const { rows: functions } = await client.query<{ name: string }>(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND has_function_privilege(p.oid, 'EXECUTE')`,
    );
    const { rows: columns } = await client.query<{ view: string; name: string; type: string }>(
      `SELECT table_name AS view, column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = 'report' ORDER BY 1, 2`,
    );
    const wrong = [...tables, ...functions].map(({ name }) => name);
    for (const { view, name, type } of columns) {
      if (SECRET.test(name) || CLOSED.has(type)) wrong.push(`report.${view}.${name} ${type}`);
    }
    const views = [...new Set(columns.map(({ view }) => view))];
    wrong.push(...views.filter((view) => NEVER_SHOWN.has(view)).map((view) => `report.${view}`));
    for (const view of views) {
      await client.query(`SELECT * FROM report.${pg.escapeIdentifier(view)} LIMIT 1`);
      const written = await client.query(`DELETE FROM report.${pg.escapeIdentifier(view)}`).catch(() => null);
      if (written) wrong.push(`report.${view} can be written`);
    }
    return { views, wrong };
  } finally {
    await client.end();
  }
}
