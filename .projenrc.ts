import { awscdk, github, javascript } from 'projen';
import { LayerLint } from './projenrc/layers';
import { RuleIndex } from './projenrc/rule-index';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-handshake',
  description: 'Every client that knocks gets a handshake, not a 426: AWS CDK checks and constructs for HTTP versions, TLS, WebSocket and gRPC.',
  author: 'cdk-handshake contributors',
  authorAddress: 'https://github.com/cdk-handshake',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-handshake/cdk-handshake',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  stability: 'experimental',
  keywords: ['aws-cdk', 'awscdk', 'cdk-nag', 'http2', 'tls', 'websocket', 'grpc', '426', 'alb', 'cloudfront', 'api-gateway'],

  // Floors: see docs/decisions/0002-floors.md.
  cdkVersion: '2.271.0',
  constructsVersion: '10.5.1',
  cdkCliVersion: '^2.1148.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~5.9.0',
  minNodeVersion: '20.16.0',
  peerDeps: ['cdk-nag@^3.0.2'],
  devDeps: [
    'cdk-nag@3.0.2', 'aws-cdk@^2.1148.1', 'esbuild@^0', 'fast-check', 'ts-node',
    // Inside single files of lib (see the compile task): one file loads faster than seventy, and the packages bring tests and source maps.
    'yaml@^2.9.1', 'fastest-levenshtein@^1.0.16', '@dagrejs/dagre@^3',
    // Servers that the lab starts (test/lab).
    'ws@^8', 'socket.io@^4', 'express@^4', 'fastify@^5', '@grpc/grpc-js@^1', 'http-proxy@^1',
    // An engine close to Trino that the Athena queries run on, a browser to look at the HTML report with, the schema of SARIF, mutation testing.
    '@duckdb/node-api@1.5.6-r.1', 'playwright-core@^1', 'ajv@^8', 'ajv-formats@^3', '@microsoft/jest-sarif@1.0.0-beta.0', '@stryker-mutator/core@^9', '@stryker-mutator/api@^9', 'jest-circus@^30', 'jest-mock@^30', '@jest/expect@^30',
  ],
  packageManager: javascript.NodePackageManager.NPM,

  // The stated shape: tsconfig.dev.json at the top, tsconfig.json written by jsii and ignored by git.
  disableTsconfig: true,
  tsconfigDev: {
    include: ['.projenrc.ts', 'projenrc/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts'],
    // The examples import the package by its name; they are type-checked against the sources.
    compilerOptions: { paths: { 'cdk-handshake': ['./src/index.ts'] } },
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'projenrc', 'scripts'], projectService: false, tsconfigPath: './tsconfig.dev.json' },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    coverageText: false,
    jestConfig: { collectCoverage: false, modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/'], setupFilesAfterEnv: ['aws-cdk-lib/testhelpers/jest-autoclean'] },
  },
  typecheckTests: true,
  bumpPackage: 'commit-and-tag-version@^12',
  npmTrustedPublishing: true,
  publishToPypi: { distName: 'cdk-handshake', module: 'cdk_handshake', trustedPublishing: true },
  publishToMaven: { javaPackage: 'io.github.cdkhandshake', mavenGroupId: 'io.github.cdk-handshake', mavenArtifactId: 'cdk-handshake', mavenServerId: 'central-ossrh' },
  publishToNuget: { packageId: 'CdkHandshake', dotNetNamespace: 'CdkHandshake', trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk-handshake/cdk-handshake-go' },
  projenrcTs: true,
  npmignoreEnabled: false,
  sampleCode: false,
  gitignore: ['cdk.out', '.jsii.tabl.json', '*.tmp', '/.stryker-tmp/'],
});

new LayerLint(project);
new RuleIndex(project);

// What is published; README, LICENSE and package.json go with it always.
project.package.addField('files', ['lib', '!lib/tsconfig.tsbuildinfo', '.jsii', '.warnings.jsii.js']);
project.addBins({ 'cdk-handshake': 'lib/cli/main.js' });
project.package.addField('exports', {
  '.': './lib/index.js',
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});

// The examples and the command are tried as a user has them: compiled.
project.testTask.prependSpawn(project.compileTask);
const demo = project.addTask('demo', { description: 'Synthesize an app that is rejected and its repaired twin, and show who gets through where' });
demo.spawn(project.compileTask);
demo.exec('ts-node -P tsconfig.dev.json examples/demo.ts');
// The fuzzer's long mode and mutation testing: docs/hardening.md.
project.addTask('fuzz', { description: 'Fuzz reader and check: FUZZ_RUNS, FUZZ_SEED, FUZZ_FIRST, FUZZ_CORPUS', exec: 'node --max-old-space-size=1024 -r ts-node/register/transpile-only test/hardening/fuzz/long.ts' });
project.addTask('mutation', { description: 'Mutation testing of the analysis: MUTATION_PART=20 for a sample, MUTATION_ONLY for a part', exec: 'stryker run', receiveArgs: true });
project.addTask('bench', { description: 'Time the check beside cdk-nag and plain parsing', exec: 'ts-node -T -P tsconfig.dev.json test/bench/validate.ts', receiveArgs: true });
// Single files where they load faster, and the probe as one, for the functions of gate and canary: nothing is built on the user's machine.
project.compileTask.exec('ts-node -T -P tsconfig.dev.json scripts/bundle.ts');
project.compileTask.exec('ts-node -T -P tsconfig.dev.json scripts/lazy-index.ts');
project.package.file.addOverride('jsii.tsc.inlineSourceMap', false);
project.package.file.addOverride('jsii.tsc.inlineSources', false);
project.compileTask.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

const tool = (name: string, description: string, exec: string) => project.addTask(name, { description, exec, receiveArgs: true });

// The code of the packages for other languages, without their toolchains: shows that the API can be said in them.
const languages = project.addTask('languages', { description: 'Generate the Python, Java, .NET and Go code of the package' });
languages.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
languages.spawn(project.compileTask);
languages.exec('jsii-pacmak --code-only --targets python java dotnet go --outdir dist/code --no-npmignore');

tool('sbom', 'Write the bill of materials of the package, dist/sbom.cdx.json', 'ts-node -T -P tsconfig.dev.json scripts/sbom.ts');
tool('api-diff', 'Fail on breaking changes of the API since the last tag', 'ts-node -T -P tsconfig.dev.json scripts/api-diff.ts');
project.packageTask.spawn(project.tasks.tryFind('sbom')!);
// The bill of materials goes to the release on GitHub; the provenance of the npm package is made by npm's trusted publishing.
project.release!.addJobs({
  release_sbom: {
    name: 'Attach the bill of materials',
    needs: ['release', 'release_github'],
    runsOn: ['ubuntu-latest'],
    permissions: { contents: github.workflows.JobPermission.WRITE },
    if: "needs.release.outputs.tag_exists != 'true' && needs.release.outputs.latest_commit == github.sha && !inputs.dry_run",
    steps: [
      { uses: 'actions/download-artifact@v4', with: { name: 'build-artifact', path: 'dist' } },
      { run: 'gh release upload "$(cat dist/releasetag.txt)" dist/sbom.cdx.json --repo "$GITHUB_REPOSITORY"', env: { GH_TOKEN: '${{ github.token }}' } },
    ],
  },
});

project.package.addPackageResolutions('unrs-resolver@1.12.2'); // 1.13.0 names bindings that are not published: npm ci refuses the lock
tool('new-rule', 'Scaffold a rule: npx projen new-rule RuleIdInWords', 'ts-node -P tsconfig.dev.json scripts/new-rule.ts');
project.preCompileTask.spawn(tool('rule-pages', 'Write docs/rules from the rules', 'ts-node -P tsconfig.dev.json scripts/rule-pages.ts'));
project.postCompileTask.exec('jsii-rosetta extract --compile --fail --strict .');
project.postCompileTask.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.gitignore.removePatterns('tsconfig.json');
project.gitignore.exclude('/tsconfig.json');
project.gitignore.include('/src/logs/', '/test/logs/');

project.synth();
