import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** What each layer may import, innermost first; docs/architecture.md explains why. */
const LAYERS: Record<string, string[]> = {
  protocol: [],
  template: ['protocol'],
  systems: ['protocol', 'template'],
  paths: ['protocol', 'template', 'systems'],
  rules: ['protocol', 'template', 'systems', 'paths'],
  report: ['protocol', 'template', 'systems', 'paths', 'rules'],
  declare: ['protocol', 'systems'],
  posture: ['protocol', 'systems', 'declare'],
  constructs: ['protocol', 'declare', 'posture'],
  blueprints: ['protocol', 'systems', 'declare', 'posture', 'constructs'],
  monitoring: ['protocol', 'logs', 'declare', 'posture', 'constructs'],
  pack: ['protocol', 'template', 'systems', 'paths', 'rules', 'report', 'declare'],
  probe: ['protocol'],
  logs: ['protocol'],
  // Of posture the tables and the choice, which know nothing of CDK.
  cli: ['protocol', 'template', 'systems', 'paths', 'rules', 'report', 'posture', 'probe', 'logs'],
};

/** Turns the layer table into one ESLint override per layer, so that an import against the direction fails lint. */
export class LayerLint extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    const names = Object.keys(LAYERS);
    for (const [layer, allowed] of Object.entries(LAYERS)) {
      const forbidden = names.filter((name) => name !== layer && !allowed.includes(name));
      const outside = ['pack', 'declare', 'posture', 'constructs', 'blueprints', 'monitoring'].includes(layer) ? [] : ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag'];
      project.eslint?.addOverride({
        files: [`src/${layer}/**/*.ts`],
        rules: {
          'no-restricted-imports': ['error', {
            patterns: [
              ...(forbidden.length ? [{ group: forbidden.flatMap((name) => [`../${name}/*`, `../../${name}/*`, `../${name}`]), message: `${layer} must not import this layer: docs/architecture.md` }] : []),
              ...(outside.length ? [{ group: outside, message: 'the analysis knows nothing of CDK: docs/architecture.md' }] : []),
            ],
          }],
        },
      });
    }
  }
}
