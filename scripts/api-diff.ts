// Compares the API with the one of the last release: breaking changes fail. The last release is the newest tag; its code is compiled in a folder of its own.
// Without a tag there is nothing to compare with, which is said.

import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const ROOT = join(__dirname, '..');
const git = (...args: string[]): string => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

const tag = git('tag', '--list', 'v*', '--sort=-version:refname').split('\n')[0];
if (!tag) {
  process.stdout.write('no release has been tagged yet, so there is no API to compare with\n');
} else {
  if (!existsSync(join(ROOT, '.jsii'))) throw new Error('run npx projen compile first');
  const folder = mkdtempSync(join(tmpdir(), 'handshake-api-'));
  try {
    git('worktree', 'add', '--detach', folder, tag);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const run = (cwd: string, ...args: string[]) => execFileSync('npx', args, { cwd, stdio: 'inherit', env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' } });
    run(folder, 'jsii', '--silence-warnings=reserved-word');
    process.stdout.write(`against ${tag}\n`);
    const ignore = join(ROOT, '.compatignore');
    run(ROOT, 'jsii-diff', folder, ROOT, '--keys', ...(existsSync(ignore) ? ['--ignore-file', ignore] : []));
  } finally {
    git('worktree', 'remove', '--force', folder);
    rmSync(folder, { recursive: true, force: true });
  }
}
