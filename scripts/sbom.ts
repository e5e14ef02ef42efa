// Writes the software bill of materials of the published package, dist/sbom.cdx.json (CycloneDX): this package and the packages of others whose code is
// in it. Peers are the user's choice and not in it. Not here: which those are (scripts/bundle.ts finds out, and writes their licences).

import { execFileSync } from 'child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';

interface Bom {
  components: { 'name': string; 'version': string; 'bom-ref': string; 'properties'?: unknown }[];
  dependencies: { ref: string; dependsOn?: string[] }[];
  metadata: { component: { 'name': string; 'bom-ref': string } };
}

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'dist', 'sbom.cdx.json');

const inside = new Set([...readFileSync(join(ROOT, 'lib', 'THIRD-PARTY-NOTICES.md'), 'utf8').matchAll(/^## (\S+ \S+) \(/gm)].map(([, name]) => name));
const all = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 });
const bom = JSON.parse(all) as Bom;
const components = bom.components.filter(({ name, version }) => inside.has(`${name} ${version}`));
if (components.length !== inside.size) throw new Error(`the package holds ${[...inside].join(', ')}, and the bill would name ${components.map(({ name }) => name).join(', ')}`);
const refs = components.map((component) => component['bom-ref']);
mkdirSync(dirname(OUT), { recursive: true });
writeFileSync(OUT, `${JSON.stringify({
  ...bom,
  metadata: { ...bom.metadata, component: { ...bom.metadata.component, name: 'cdk-handshake' } },
  // Here they are no packages for development: their code is inside.
  components: components.map(({ properties: _, ...component }) => component),
  dependencies: [{ ref: bom.metadata.component['bom-ref'], dependsOn: refs }, ...refs.map((ref) => ({ ref }))],
}, null, 2)}\n`);
process.stdout.write(`${OUT}: ${components.map(({ name, version }) => `${name} ${version}`).join(', ')}\n`);
