// Makes single files of some modules of lib after the compile, since one file loads faster than a hundred: what stands in the folder of the
// module goes in, and so do the packages that it uses; what other folders of this package hold is loaded from there as before, so that nothing exists
// twice in one process but tables that are never changed (systems that are also asked for one by one). The licences of the packages that went in
// stand beside them.

import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, dirname, join, relative } from 'path';
import { build, Plugin } from 'esbuild';

const SRC = join(__dirname, '..', 'src');
const LIB = join(__dirname, '..', 'lib');

/** Modules, and the folder that goes into each. The function of gate and canary goes to Lambda and holds all. */
const BUNDLES: readonly (readonly [string, string, string?])[] = [
  ['probe/function.ts', '.', 'probe/function/index.js'],
  ['systems/index.ts', 'systems'],
  ['rules/catalogue/index.ts', 'rules/catalogue'],
  ['report/html/index.ts', 'report/html'],
  ['template/yaml.ts', 'template/yaml'],
  ['protocol/nearest.ts', 'protocol/nearest'],
];

/** Everything outside a folder is loaded from where it is. */
const outside = (folder: string, out: string): Plugin => ({
  name: 'outside',
  setup: ({ onResolve }) => onResolve({ filter: /^\.\.?(\/|$)/ }, ({ path, resolveDir, kind }) => {
    const file = join(resolveDir, path);
    if (kind === 'entry-point' || folder === SRC || !file.startsWith(`${SRC}/`) || file === folder || file.startsWith(`${folder}/`)) return undefined;
    const from = relative(dirname(out), join(LIB, relative(SRC, file)));
    return { path: from.startsWith('.') ? from : `./${from}`, external: true };
  }),
});

/** The folders of packages that a bundle took files from. */
function packagesOf(inputs: readonly string[]): string[] {
  return inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input) ?? []);
}

/** Name, version, licence and its text of each package, as their licences ask for. */
function notices(folders: readonly string[]): string {
  const sections = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file, and its code would be distributed`);
    return `## ${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `# Packages of others in this one\n\n${sections.join('\n')}`;
}

async function main(): Promise<void> {
  const folders = new Set<string>();
  for (const [entry, folder, to = entry.replace(/\.ts$/, '.js')] of BUNDLES) {
    const out = join(LIB, to);
    const { metafile } = await build({
      metafile: true,
      entryPoints: [join(SRC, entry)],
      outfile: out,
      bundle: true,
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
      legalComments: 'inline',
      plugins: [outside(join(SRC, folder), out)],
    });
    packagesOf(Object.keys(metafile.inputs)).forEach((one) => folders.add(one));
    process.stdout.write(`bundled ${join(basename(LIB), to)}\n`);
  }
  writeFileSync(join(LIB, 'THIRD-PARTY-NOTICES.md'), notices([...folders].sort()));
}

void main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
