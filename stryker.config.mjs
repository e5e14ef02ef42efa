// Mutation testing of the analysis (docs/hardening.md): `npm run mutation`, a sample of it by MUTATION_PART=20, a folder of it by
// `npm run mutation -- --mutate 'src/paths/**/*.ts'`.

export default {
  mutate: ['src/systems/**/*.ts', 'src/paths/**/*.ts', 'src/rules/*.ts'],
  testRunner: 'jest',
  // The one test file loads the others as it runs, which Jest's look-up of related tests cannot see.
  jest: { configFile: 'test/hardening/jest.mutation.json', enableFindRelatedTests: false },
  plugins: ['@stryker-mutator/jest-runner', './test/hardening/mutation-plugins.mjs'],
  ignorers: ['words-for-people', 'sample'],
  coverageAnalysis: 'perTest',
  // Tables of facts are read once, when a file is loaded: every test would have to run for each of their cells.
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 15000,
  jsonReporter: { fileName: 'test-reports/mutation/mutation.json' },
  htmlReporter: { fileName: 'test-reports/mutation/mutation.html' },
  reporters: ['clear-text', 'each-at-once', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  thresholds: { high: 90, low: 80, break: 80 },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['/lib', '/dist', '/docs', '/test-reports', '/.projen', '/.git', '/cdk.out'],
};
