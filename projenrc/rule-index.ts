import { readdirSync } from 'fs';
import { Component, TextFile } from 'projen';
import { NodeProject } from 'projen/lib/javascript';

const FOLDER = 'src/rules/catalogue';

/** Lists the rules: every file in the catalogue exports one constant, named like the file. */
export class RuleIndex extends Component {
  constructor(project: NodeProject) {
    super(project);
    const names = readdirSync(FOLDER).filter((file) => file.endsWith('.ts') && file !== 'index.ts').map((file) => file.slice(0, -3)).sort();
    const constant = (name: string) => name.replace(/-/g, '_').toUpperCase();
    new TextFile(project, `${FOLDER}/index.ts`, {
      lines: [
        '// Generated from the files of this folder: npx projen.',
        '',
        "import { Rule } from '../rule';",
        ...names.map((name) => `import { ${constant(name)} } from './${name}';`),
        '',
        '/** Every rule, by the name of its file. */',
        'export const RULES: readonly Rule[] = [',
        ...names.map((name) => `  ${constant(name)},`),
        '];',
        '',
      ],
      marker: true,
      readonly: false,
    });
  }
}
