import { readdirSync } from 'fs';
import { Component, TextFile } from 'projen';
import { NodeProject } from 'projen/lib/javascript';

const FOLDER = 'src/rules/catalogue';

/** Lists the rules: every file in the catalogue exports one constant, named like the file. */
export class RuleIndex extends Component {
  constructor(project: NodeProject) {
    super(project);
    new TextFile(project, `${FOLDER}/index.ts`, {
      lines: catalogueIndex(readdirSync(FOLDER)).split('\n'),
      marker: true,
      readonly: false,
    });
  }
}

/** The text of the index, given the names of the files beside it; scripts/new-rule.ts writes it too. */
export function catalogueIndex(files: readonly string[]): string {
  const names = files.filter((file) => file.endsWith('.ts') && file !== 'index.ts').map((file) => file.slice(0, -3)).sort();
  return [
    '// Generated from the files of this folder: npx projen.',
    '',
    "import { Rule } from '../rule';",
    ...names.map((name) => `import { ${constantOf(name)} } from './${name}';`),
    '',
    '/** Every rule, by the name of its file. */',
    'export const RULES: readonly Rule[] = [',
    ...names.map((name) => `  ${constantOf(name)},`),
    '];',
    '',
  ].join('\n');
}

/** The constant of a rule's file: tls-floor-above-client exports TLS_FLOOR_ABOVE_CLIENT. */
export function constantOf(name: string): string {
  return name.replace(/-/g, '_').toUpperCase();
}
