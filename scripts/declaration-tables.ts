// Writes the tables of settings in docs/declarations.md from src/protocol/settings.ts, between their heads and the next empty line. With
// --check it writes nothing and ends with 1 if one is stale. Run it with `npx ts-node -P tsconfig.dev.json scripts/declaration-tables.ts`.

import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { FRONT_IDS, FRONT_SETTINGS, FrontId, HOP_SETTINGS, PRESET_IDS, SERVER_SETTINGS, SettingForm, SettingForms } from '../src/protocol';
import { FRONT_ROWS } from '../src/systems/front/rows';

const PAGE = join(__dirname, '..', 'docs', 'declarations.md');

const IN_CDK: Readonly<Record<FrontId, string>> = {
  'corporate-proxy': 'Hop.corporateProxy()',
  'squid': 'Hop.corporateProxy({ product: InspectionProduct.SQUID })',
  'palo-alto': 'Hop.corporateProxy({ product: InspectionProduct.PALO_ALTO })',
  'zscaler': 'Hop.corporateProxy({ product: InspectionProduct.ZSCALER })',
  'google-cloud-load-balancer': 'Hop.googleCloudLoadBalancer()',
  'apigee': 'Hop.apigee()',
  'azure-front-door': 'Hop.azureFrontDoor()',
  'azure-application-gateway': 'Hop.azureApplicationGateway()',
};

function formOf(form: SettingForm): string {
  if (typeof form === 'string') return form === 'flag' ? 'true or false' : form;
  return 'one' in form ? form.one.map((word) => `\`${word}\``).join(', ') : `a list of ${form.some.map((word) => `\`${word}\``).join(', ')}`;
}

function listOf(forms: SettingForms): string {
  const list = Object.entries(forms).map(([name, form]) => `\`${name}\`: ${formOf(form)}`);
  return list.length ? list.join('; ') : 'none';
}

/** By the head of each table, its rows. */
export function tables(): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ['| preset | settings |', PRESET_IDS.filter((id) => SERVER_SETTINGS[id]).map((id) => `| \`${id}\` | ${listOf(SERVER_SETTINGS[id]!)} |`)],
    ['| program | settings |', Object.entries(HOP_SETTINGS).filter(([id]) => id !== 'nginx' && id !== 'haproxy').map(([id, forms]) => `| \`${id}\` | ${listOf(forms)} |`)],
    ['| hop | in CDK | who comes through it | settings |', FRONT_IDS.map((id) =>
      `| \`${id}\` | \`${IN_CDK[id]}\` | ${FRONT_ROWS[id]({})!.everybody ? 'everybody' : 'some; others come directly'} | ${listOf(FRONT_SETTINGS[id])} |`)],
  ]);
}

/** The page with its tables as they should be. */
export function withTables(page: string): string {
  const lines = page.split('\n');
  for (const [head, rows] of tables()) {
    const at = lines.indexOf(head);
    if (at < 0) throw new Error(`docs/declarations.md has no table "${head}"`);
    const end = lines.indexOf('', at);
    lines.splice(at + 2, end - at - 2, ...rows);
  }
  return lines.join('\n');
}

function main(check: boolean): number {
  const page = readFileSync(PAGE, 'utf8');
  const wanted = withTables(page);
  if (page === wanted) return 0;
  if (!check) writeFileSync(PAGE, wanted);
  console.log(check ? 'docs/declarations.md is stale: npx ts-node -P tsconfig.dev.json scripts/declaration-tables.ts' : 'docs/declarations.md: tables written');
  return check ? 1 : 0;
}

if (require.main === module) process.exitCode = main(process.argv.includes('--check'));
