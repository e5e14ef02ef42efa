// The checks as a cdk-nag pack. It reads templates, not constructs: the synthesized ones in a synth, rendered ones in a
// unit test. What it adds to NagPack: one violation per finding with its own message, `success` that only errors deny
// (cdk-nag 3.0.2 fails on warnings too), and no walk of the construct tree rule by rule.
// Not here: what is right or wrong (rules/), where a finding's construct is (resources.ts), who reports it (coverage.ts).

import * as fs from 'fs';
import * as path from 'path';
import { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { NagPack } from 'cdk-nag';
import { IConstruct } from 'constructs';
import { saidOf } from './acknowledgement';
import { isWithin, stacksOf, stagesAround } from './app-stack';
import { answersFor, Assignment, ensureAsked, posts } from './coverage';
import { HandshakeChecksProps, HandshakeReport } from './handshake-checks-props';
import { render } from './render';
import { Surveyed, writeReports } from './reports';
import { Resources } from './resources';
import { settingsOf } from './settings';
import { unfinished, violation } from './violation';
import { Written, written } from './written';
import { acknowledge, analyse, Finding, overSays, RULES } from '../rules';

const NAME = 'Handshake';

/** The templates, a list per Stage, and which findings in them to report. */
interface Survey {
  readonly stages: readonly (readonly Written[])[];
  readonly mine: (construct: IConstruct, rule: string) => boolean;
  readonly onDisk: boolean;
  /** Wants to know what was found as well, with the table of paths. */
  readonly keep?: (surveyed: Surveyed) => void;
}

/**
 * Follows every client along every path of an app, and rejects the app when a client would get 426, 464, a failed TLS
 * handshake, a dead WebSocket, or the 502 that comes after a half-done upgrade.
 *
 * Register it with `Validations.of(app).addPlugins(new HandshakeChecks(app))`; on a Stage or Stack it checks what is below.
 * Where several are registered with the same settings, each finding is reported once.
 */
export class HandshakeChecks extends NagPack {
  /** Name of the plugin in the validation report, and prefix of acknowledgements. */
  public readonly name: string = NAME;
  /** Version of cdk-handshake. */
  public readonly version?: string;
  /** Ids of the rules that are checked, as the report prints them. */
  public readonly ruleIds?: string[];
  /** @internal */
  public readonly _assignment: Assignment;
  private readonly explains: boolean;
  private readonly reports: readonly HandshakeReport[];

  /**
   * @param scope the App, Stage, Stack or other construct to check; without it, everything that it is registered for
   * @param props settings of the checks
   */
  constructor(scope?: IConstruct, props: HandshakeChecksProps = {}) {
    super(scope, props);
    this.packName = NAME;
    this._assignment = { scope, options: settingsOf(props) };
    this.explains = props.verbose ?? false;
    this.reports = props.reports ?? [];
    this.version = ownVersion();
    this.ruleIds = RULES.map((rule) => rule.id).filter((id) => !this._assignment.options.exclude?.includes(id)).map(ruleName);
    if (scope) ensureAsked(this, scope);
  }

  /**
   * Checks the templates that a synth has written. Called by the CDK.
   *
   * @param context what the CDK hands to validation plugins
   */
  public override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const scope = this._assignment.scope ?? context.appConstruct;
    const all = posts(context.appConstruct);
    try {
      const surveyed: Surveyed[] = [];
      const report = this.report({
        stages: written(scope, context),
        mine: (construct, rule) => isWithin(construct, scope) && answersFor(this, rule, construct, all),
        onDisk: true,
        keep: this.reports.length > 0 ? (one) => surveyed.push(one) : undefined,
      });
      return { ...report, violations: [...report.violations, ...writeReports(this.reports, surveyed, scope, ruleName('ReportNotWritten'))] };
    } catch (error) {
      return { violations: [unfinished(ruleName('ChecksNotFinished'), error)], success: false, pluginVersion: this.version };
    }
  }

  /**
   * Checks without a synth, for unit tests. Paths are followed through all stacks of the app; reported is what stands at or
   * below `scope`, without what is acknowledged. Aspects that have not run yet are not seen.
   *
   * @param scope an App, Stage, Stack or any construct inside
   */
  public override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    return this.report({
      stages: stagesAround(scope).map((stage) => stacksOf(stage).map((stack) => ({ input: render(stack), stack }))),
      mine: (construct) => isWithin(construct, scope),
      onDisk: false,
    });
  }

  /**
   * Does nothing: NagPack calls it for each resource of its own walk, which this pack replaces.
   *
   * @param _node a resource
   */
  protected checkResource(_node: CfnResource): void {}

  private report({ stages, mine, onDisk, keep }: Survey): PolicyValidationPluginReport {
    const today = new Date().toISOString().slice(0, 10);
    const violations = stages.filter((templates) => templates.length > 0).flatMap((templates) => {
      const resources = new Resources();
      for (const { input, stack } of templates) resources.add(input, stack);
      const inputs = templates.map(({ input }) => input);
      const analysis = analyse(inputs, { ...this._assignment.options, cycles: false, table: keep !== undefined });
      const own = acknowledge(analysis.findings, inputs, today).findings
        .map((finding) => ({ finding, construct: resources.find(finding) }))
        .filter(({ finding, construct }) => mine(construct, finding.rule));
      const open = ({ finding, construct }: typeof own[number]) => !saidOf(construct, ruleName(finding.rule), NAME, today).some(({ state }) => state === 'holds');
      keep?.({ analysis, findings: own.filter(open).map(({ finding }) => finding) });
      return own
        .flatMap(({ finding, construct }) => this.reported(finding, construct, onDisk, today));
    });
    return { violations, success: violations.every(({ severity }) => severity !== 'error'), pluginVersion: this.version };
  }

  /** Nothing, where it is acknowledged; in a synth the framework applies what is spelt as it prints it, and lists it. */
  private reported(finding: Finding, construct: IConstruct, onDisk: boolean, today: string): PolicyViolation[] {
    const name = ruleName(finding.rule);
    const said = saidOf(construct, name, NAME, today);
    const holding = said.filter(({ state }) => state === 'holds');
    if (holding.some(({ applied }) => !applied || !onDisk)) return [];
    const over = holding.length === 0 && said.length > 0 ? said[0] : undefined;
    const text = this.explains ? explained(finding) : finding;
    const template = onDisk ? finding.template : undefined;
    if (!over) return [violation(name, text, construct, template)];
    const renamed = `${name}[${over.state === 'expired' ? `acknowledged until ${over.expires}` : 'acknowledged with a date that cannot be read'}]`;
    return [violation(renamed, { ...text, message: `${text.message} ${overSays(over)}` }, construct, template)];
  }
}

function ruleName(id: string): string {
  return `${NAME}-${id}`;
}

function explained(finding: Finding): Finding {
  const why = RULES.find((rule) => rule.id === finding.rule)?.why;
  return why ? { ...finding, message: `${finding.message} ${why}` } : finding;
}

function ownVersion(): string {
  return JSON.parse(fs.readFileSync(path.join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
}
