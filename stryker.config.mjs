// Mutation testing of the analysis (docs/hardening.md): `npm run mutation`, a sample of it by MUTATION_PART=20, a part of it by
// MUTATION_ONLY='src/paths/**/*.ts,src/rules/*.ts'.

export default {
  mutate: process.env.MUTATION_ONLY?.split(',') ?? ['src/systems/**/*.ts', 'src/paths/**/*.ts', 'src/rules/*.ts'],
  testRunner: 'circus',
  plugins: ['./test/hardening/mutation-runner.mjs', './test/hardening/mutation-plugins.mjs'],
  ignorers: ['words-for-people', 'sample'],
  coverageAnalysis: 'perTest',
  // Tables of facts are read once, when a file is loaded: every test would have to run for each of their cells.
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 5000,
  jsonReporter: { fileName: 'test-reports/mutation/mutation.json' },
  htmlReporter: { fileName: 'test-reports/mutation/mutation.html' },
  reporters: ['clear-text', 'each-at-once', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  thresholds: { high: 90, low: 80, break: 80 },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['/lib', '/dist', '/docs', '/test-reports', '/.projen', '/.git', '/cdk.out'],
};
