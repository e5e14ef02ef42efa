// A finding as the CDK's validation report holds it: one violation per finding, so that each keeps its own message.
// The report needs the construct path for the source line and for acknowledgements, template and logical id for the name of
// the resource, and a precise location ('Properties.SslPolicy') for the line that set the property (under --debug).
// What has no field of its own goes into the rule metadata, which reaches the report file and not the screen.

import { PolicyViolation } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { safe } from '../report/safe';
import { Finding } from '../rules';

const PAGES = 'https://github.com/cdk-handshake/cdk-handshake/blob/main/docs/rules';

/** @param templatePath file of the template, when there is one */
export function violation(ruleName: string, finding: Finding, construct: IConstruct, templatePath?: string): PolicyViolation {
  return {
    ruleName,
    // What a template says is shown, not sent, to the terminal that the CDK prints this on.
    description: safe(finding.message),
    fix: safe(finding.fix),
    severity: finding.level,
    ruleMetadata: {
      client: finding.client,
      clients: finding.clients.join(', '),
      outcome: finding.outcome,
      certainty: finding.certainty,
      path: safe(finding.path.join(' -> ')),
      ...(finding.assumptions.length > 0 ? { assumptions: safe(finding.assumptions.join('; ')) } : {}),
      page: `${PAGES}/${finding.rule}.md`,
    },
    violatingResources: [{
      constructPath: construct.node.path,
      resourceLogicalId: finding.resource,
      templatePath,
      locations: [finding.property],
    }],
  };
}

/**
 * What is reported when the checks break down. A plugin that throws, or that fails without a violation, ends with exit code 0
 * under the CDK CLI (2.1148.1), as if all were well; a violation does not. `fatal` cannot be acknowledged, and a resource
 * without a path is shown whichever stacks are selected.
 */
export function unfinished(ruleName: string, error: unknown): PolicyViolation {
  return {
    ruleName,
    description: `The checks of cdk-handshake did not finish, so nothing is known about this app: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Mend what the message names; if it names nothing of yours, report it at https://github.com/cdk-handshake/cdk-handshake/issues with the stack trace in the rule metadata of validation-report.json.',
    severity: 'fatal',
    ruleMetadata: { stack: error instanceof Error ? error.stack ?? '' : '' },
    violatingResources: [{ locations: [] }],
  };
}
