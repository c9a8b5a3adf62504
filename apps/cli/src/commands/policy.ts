import { readFile } from 'node:fs/promises';
import { call, type Connection } from '@bangfu/contracts/core/client';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { Policy } from '@bangfu/contracts/core/policy';
import { labelledChanges, labelledValues, policyFields } from '@bangfu/contracts/core/policy-fields';
import type { PolicyVersion, ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { ALL_POLICIES } from '@bangfu/contracts/policies';
import { Argument, type Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { existingFile } from '../files.ts';
import { ownerName } from '../messages.ts';
import { day } from '../options.ts';
import { withPlatform } from '../session.ts';
import { table } from '../table.ts';

const DECLARED = new Map(
  ALL_POLICIES.flatMap((declared) => declared.policies.map((policy) => [policy.key, { declared, policy }] as const)),
);

/** A policy by its key, which the command's argument has checked. */
function named(key: string): { readonly declared: ServicePolicies; readonly policy: Policy } {
  const found = DECLARED.get(key);
  if (!found) throw new Error(`no policy ${key}`);
  return found;
}

const keyArgument = () => new Argument('<KEY>', '政策').choices([...DECLARED.keys()]);

/** What a version comes to, as commands print it. */
const toResult = ({ policy, id, state, value, validFrom, document, version }: PolicyVersion) => ({
  id,
  key: policy,
  state,
  value,
  validFrom,
  document,
  version,
});

function print(context: Context, version: PolicyVersion): void {
  const { policy } = named(version.policy);
  context.output.result(toResult(version), () => [
    `${policy.label.zh}：${version.state === 'approved' ? '已批准' : '草稿'} ${version.id}，自 ${version.validFrom} 起，依据 ${version.document}`,
    ...table(
      labelledChanges(policy, version.changes, 'zh').map(({ field, before, after }) => [field, before, '→', after]),
    ),
  ]);
}

/** What a file says a policy is to be. @throws CliError FILE_UNUSABLE for one that is no JSON */
async function valueIn(context: Context, file: string): Promise<unknown> {
  const path = await existingFile(context.env, file);
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new CliError('FILE_UNUSABLE', { file: path, reason: 'not JSON' });
  }
}

/** The version with an id, and the service it is of. @throws CliError POLICY_UNKNOWN */
async function findVersion(connection: Connection, id: string) {
  for (const declared of ALL_POLICIES) {
    const { rows } = await call(connection, declared.listPolicies, {});
    const version = rows.flatMap((row) => row.versions).find((each) => each.id === id);
    if (version) return { declared, version };
  }
  throw new CliError('POLICY_UNKNOWN', { id });
}

/** `policy list|show|draft|approve`: what all services decide by document. */
export function registerPolicy(policy: Command, context: Context): void {
  policy
    .command('list')
    .description('各系统的现行政策和待批草稿')
    .action(async () => {
      const policies = await withPlatform(context, async (connection) => {
        const found = [];
        for (const declared of ALL_POLICIES) {
          const { rows } = await call(connection, declared.listPolicies, {});
          const service = declared.listPolicies.owner;
          for (const { policy: key, inForce, versions } of rows) {
            const drafts = versions
              .filter(({ state }) => state === 'draft')
              .map(({ id, validFrom, document, draftedBy }) => ({ id, validFrom, document, draftedBy }));
            const now = { validFrom: inForce?.validFrom ?? null, document: inForce?.document ?? null };
            found.push({ service, key, ...now, drafts });
          }
        }
        return found;
      });
      context.output.result({ policies }, () =>
        table(
          policies.map(({ service, key, validFrom, document, drafts }) => [
            ownerName(service),
            key,
            named(key).policy.label.zh,
            validFrom ?? '无',
            document ?? '',
            drafts.length > 0 ? `待批 ${drafts.map(({ id }) => id).join(' ')}` : '',
          ]),
        ),
      );
    });
  policy
    .command('show')
    .description('某日执行的政策')
    .addArgument(keyArgument())
    .option('--on <DATE>', '日期，默认今天', day)
    .action(async (key: string, { on }: { on?: string }) => {
      const { declared, policy: shown } = named(key);
      const { value, validFrom, document, version } = await withPlatform(context, (connection) =>
        call(connection, declared.getPolicy, { params: { policy: key }, query: on ? { on } : {} }),
      );
      context.output.result({ key, value, validFrom, document, version }, () => [
        `${shown.label.zh}：自 ${validFrom} 起施行，依据 ${document}`,
        ...table(labelledValues(policyFields(shown), value, 'zh').map(({ label, text }) => [label, text])),
      ]);
    });
  policy
    .command('draft')
    .description('起草政策（JSON 文件）；须由另一人批准')
    .addArgument(keyArgument())
    .argument('<FILE>', 'JSON 文件')
    .requiredOption('--from <DATE>', '施行日期', day)
    .requiredOption('--document <TEXT>', '依据文件')
    .option('--paragraph <TEXT>', '条款', '')
    .action(async (key: string, file: string, flags: { from: string; document: string; paragraph: string }) => {
      const { from: validFrom, document, paragraph } = flags;
      const body = { policy: key, validFrom, document, paragraph, value: await valueIn(context, file) };
      const { declared } = named(key);
      const drafted = await withPlatform(context, (connection) =>
        call(connection, declared.draftPolicy, { body: body as BodyOf<ServicePolicies['draftPolicy']> }),
      );
      print(context, drafted);
    });
  policy
    .command('approve')
    .description('批准他人起草的政策')
    .argument('<ID>', '草稿编号')
    .action(async (id: string) => {
      const approved = await withPlatform(context, async (connection) => {
        const { declared, version } = await findVersion(connection, id);
        const input = { params: { policyId: id }, body: { version: version.version } };
        return call(connection, declared.approvePolicy, input);
      });
      print(context, approved);
    });
}
