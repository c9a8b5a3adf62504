// Who may import whom (docs/architecture.md). A rule that is broken fails the test command.
const SERVICES = ['identification', 'pairing', 'industry', 'training', 'evaluation'];
const NOT_TEST =
  '(\\.test\\.tsx?|/testing/|\\.fixture\\.ts|vitest\\.config\\.ts|conformance[^/]*\\.ts|zz-[^/]*)$|/testing/';

const forbidden = [
  { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'domain-knows-only-itself',
    comment: 'The rules of the domain have no runtime dependency.',
    severity: 'error',
    from: { path: '^packages/domain/src', pathNot: NOT_TEST },
    to: { pathNot: '^packages/domain/src' },
  },
  {
    name: 'shared-knows-no-context',
    severity: 'error',
    from: { path: '^packages/domain/src/shared' },
    to: { path: '^packages/domain/src/(?!shared)' },
  },
  ...SERVICES.map((context) => ({
    name: `domain-${context}-knows-no-other-context`,
    severity: 'error',
    from: { path: `^packages/domain/src/${context}` },
    to: { path: `^packages/domain/src/(?!shared|${context})` },
  })),
  {
    name: 'contracts-know-domain-and-zod',
    severity: 'error',
    from: { path: '^packages/contracts/src', pathNot: NOT_TEST },
    to: { path: '^(packages|apps|infra)/', pathNot: '^packages/(contracts|domain)/' },
  },
  {
    name: 'verifier-knows-only-node',
    comment: 'An outsider runs it alone; what it agrees with must not be the same code.',
    severity: 'error',
    from: { path: '^packages/verifier/src', pathNot: NOT_TEST },
    to: { pathNot: '^packages/verifier/src', dependencyTypesNot: ['core'] },
  },
  {
    name: 'services-share-the-signed-form-only',
    comment: 'A service checks signatures with the verifier’s form; the redraw stays a second hand.',
    severity: 'error',
    from: { path: '^(apps|packages)/', pathNot: '^packages/verifier/' },
    to: { path: '^packages/verifier/src', pathNot: '/signed-file\\.ts$' },
  },
  {
    name: 'kafkajs-in-one-folder',
    severity: 'error',
    from: { pathNot: '^packages/(events/src/kafka|bench|e2e)/' },
    to: { path: 'node_modules/kafkajs' },
  },
  {
    name: 'files-are-read-in-a-process-of-their-own',
    comment:
      'What anybody may have made is parsed beside a service (ADR 0020); services open it by spreadsheet/open.ts.',
    severity: 'error',
    from: {
      path: '^(apps|packages)/[^/]+/src/',
      pathNot: [NOT_TEST, '^packages/platform/src/spreadsheet/(reader-process|parse|whole|xlsx|ods-unseen|zip)\\.ts$'],
    },
    to: {
      path: ['^packages/platform/src/spreadsheet/(parse|whole|xlsx|ods-unseen|zip)\\.ts$', 'node_modules/@e965/xlsx'],
    },
  },
  {
    name: 'papers-are-set-in-a-process-of-their-own',
    severity: 'error',
    from: { pathNot: [NOT_TEST, '^packages/platform/src/print/print-process\\.ts$'] },
    to: { path: 'node_modules/pdfmake', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'data-knows-domain-only',
    severity: 'error',
    from: { path: '^packages/data/src', pathNot: NOT_TEST },
    to: { path: '^(packages|apps|infra)/', pathNot: '^packages/(data|domain/src/shared)/' },
  },
  {
    name: 'events-know-data-and-domain',
    severity: 'error',
    from: { path: '^packages/events/src', pathNot: NOT_TEST },
    to: { path: '^(packages|apps|infra)/', pathNot: '^packages/(events|data|domain)/' },
  },
  {
    name: 'platform-looks-down-only',
    severity: 'error',
    from: { path: '^packages/platform/src', pathNot: NOT_TEST },
    to: {
      path: '^(packages|apps|infra)/',
      pathNot: '^packages/(platform|data|events|contracts/src/core|domain/src/shared)/',
    },
  },
  {
    name: 'platform-knows-no-prisma',
    severity: 'error',
    from: { path: '^packages/(platform|data)/src', pathNot: NOT_TEST },
    to: { path: '(node_modules/@prisma|/generated/prisma)' },
  },
  {
    name: 'packages-know-no-app',
    severity: 'error',
    from: { path: '^packages/(data|platform|events|domain|contracts|ui)/' },
    to: { path: '^apps/' },
  },
  ...SERVICES.map((context) => ({
    name: `${context}-service-is-alone`,
    comment: 'A service knows no other app, no other context’s rules and no other service’s contracts.',
    severity: 'error',
    from: { path: `^apps/${context}-service/src`, pathNot: NOT_TEST },
    to: {
      path: '^(apps/|packages/(domain/src|contracts/src)/|packages/(ui|testkit|bench|e2e)/|infra/)',
      pathNot: `^(apps/${context}-service/|packages/domain/src/(shared|${context})/|packages/contracts/src/(core|${context})/)`,
    },
  })),
  ...SERVICES.map((context) => ({
    name: `${context}-admin-is-alone`,
    severity: 'error',
    from: { path: `^apps/${context}-admin/src` },
    to: {
      path: '^(apps/|packages/(domain/src)/|packages/(data|events|platform|testkit|bench|e2e)/|infra/)',
      pathNot: `^(apps/${context}-admin/|packages/domain/src/(shared|${context})/)`,
    },
  })),
  {
    name: 'ui-fetches-nothing-itself',
    comment: 'The building blocks know contracts and the shared words, never a service.',
    severity: 'error',
    from: { path: '^packages/ui/src', pathNot: NOT_TEST },
    to: { path: '^(apps/|infra/|packages/(data|events|platform|testkit|bench|e2e)/|packages/domain/src/(?!shared))' },
  },
  {
    name: 'testkit-only-from-tests',
    severity: 'error',
    from: { path: '^(apps|packages)/', pathNot: `(${NOT_TEST}|^packages/(testkit|bench|e2e)/)` },
    to: { path: '^packages/testkit/' },
  },
];

export default {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(src/generated|/dist/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['SOURCE', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
