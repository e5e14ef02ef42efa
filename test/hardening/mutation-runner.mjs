// Runs the tests of all.mutation.ts for Stryker on Jest's own circus, in one process that loads the code once. All mutants are in the code
// that Stryker hands over, and a variable says which one is active; the analysis keeps nothing from one call to the next. So a mutant costs
// what its tests cost, milliseconds, instead of loading everything anew.

import { createRequire } from 'module';
import { join } from 'path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, TestStatus, determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';

const load = createRequire(join(process.cwd(), 'package.json'));

/** What the mutated code and the runner of its tests share; the name is Stryker's. */
const shared = (globalThis.__stryker__ ??= {});

class Circus {
  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    load('ts-node').register({ transpileOnly: true, project: 'tsconfig.dev.json' });
    this.circus = load('jest-circus');
    const { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = this.circus;
    const mocks = new (load('jest-mock').ModuleMocker)(globalThis);
    const jest = { spyOn: mocks.spyOn.bind(mocks), restoreAllMocks: () => mocks.restoreAllMocks() };
    Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, it, test, jest, expect: load('@jest/expect').jestExpect });
    load(join(process.cwd(), 'test', 'hardening', 'all.mutation.ts'));

    this.blocks = [];
    const visit = (block, names) => {
      this.blocks.push({ block, children: [...block.children] });
      for (const child of block.children) {
        if (child.type === 'describeBlock') visit(child, [...names, child.name]);
        else child.id = [...names, child.name].join(' ');
      }
    };
    visit(this.circus.getState().rootDescribeBlock, []);
    this.circus.addEventHandler((event) => {
      if (event.name === 'test_started') shared.currentTestId = event.test.id;
      if (event.name !== 'test_done') return;
      shared.currentTestId = undefined;
      this.done.push(event.test);
      if (this.bail && event.test.errors.length) for (const { block } of this.blocks) block.children.length = 0;
    });
  }

  async dryRun() {
    const result = await this.run(undefined, false);
    return { ...result, mutantCoverage: shared.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit }) {
    Object.assign(shared, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    try {
      return toMutantRunResult(await this.run(testFilter && new Set(testFilter), !disableBail), true);
    } finally {
      Object.assign(shared, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    }
  }

  async run(wanted, bail) {
    this.done = [];
    this.bail = bail;
    for (const { block, children } of this.blocks) {
      block.children = children.filter((child) => child.type === 'describeBlock' || !wanted || wanted.has(child.id));
      for (const child of children) if (child.type === 'test') child.errors = [];
    }
    await this.circus.run();
    return determineHitLimitReached(shared.hitCount, shared.hitLimit) ?? { status: DryRunStatus.Complete, tests: this.done.map(outcomeOf) };
  }
}

function outcomeOf({ id, duration, errors }) {
  const all = { id, name: id, timeSpentMs: duration ?? 0 };
  if (!errors.length) return { ...all, status: TestStatus.Success };
  // What was thrown, or undefined and the place of the test.
  const [error, place] = [errors[0]].flat();
  return { ...all, status: TestStatus.Failed, failureMessage: String((error ?? place)?.message ?? error) };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'circus', Circus)];
