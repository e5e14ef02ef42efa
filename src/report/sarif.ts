// The report for GitHub code scanning and other readers of SARIF 2.1.0: one result per finding, at the line of the property to change.
// Fingerprints leave out lines, so that an alert stays the same when lines move. Acknowledged findings are left out: code scanning would
// show them as open.
// Facts: OASIS SARIF 2.1.0 sections 3.11.5 (placeholders in messages), 3.11.6 (links), 3.20.21 (toolExecutionNotifications), 3.27; GitHub docs
// "SARIF support for code scanning" (help.markdown, relative URIs, partialFingerprints; primaryLocationLineHash is the one that it compares).

import { createHash } from 'crypto';
import { isAbsolute, relative, resolve, sep } from 'path';
import { pathToFileURL } from 'url';
import { Report } from './report';
import { safe } from './safe';
import { pageUrl, REPOSITORY, toolVersion } from './tool';
import { Level } from '../protocol';
import { Finding, Rule, RULES } from '../rules';

const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Level, string>;

export function sarifReport({ analysis: { findings }, unreadable }: Report, cwd: string = process.cwd()): string {
  const used = RULES.filter((rule) => findings.some((finding) => finding.rule === rule.id));
  const index = new Map(used.map((rule, at) => [rule.id, at]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'cdk-handshake', version: toolVersion(), informationUri: REPOSITORY, rules: used.map(descriptor) } },
      invocations: [{
        executionSuccessful: unreadable.length === 0,
        toolExecutionNotifications: unreadable.map(({ file, reason }) => ({
          level: 'error',
          message: { text: text(`${file} could not be read: ${reason}`) },
          locations: [{ physicalLocation: { artifactLocation: artifact(file, cwd) } }],
        })),
      }],
      originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder that cdk-handshake ran in.' } } },
      columnKind: 'utf16CodeUnits',
      results: findings.map((finding) => result(finding, index.get(finding.rule)!, cwd)),
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(rule: Rule): object {
  const help = [`${rule.says}.`, rule.hits, rule.why, `CDK: ${rule.fix.cdk}. CloudFormation: ${rule.fix.cloudFormation}.`];
  const page = pageUrl(rule.id);
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: text(`${rule.says}.`) },
    fullDescription: { text: text(`${rule.says}. ${rule.why}`) },
    help: { text: text(help.join('\n\n')), markdown: `${help.map(plain).join('\n\n')}\n\n[The page of this rule](${page})` },
    helpUri: page,
    defaultConfiguration: { level: LEVEL[rule.atMost ?? 'error'] },
    properties: { tags: ['availability', 'tls', 'http'] },
  };
}

function result(finding: Finding, ruleIndex: number, cwd: string): object {
  const { rule, level, template, stack, resource, constructPath, property, line, message, fix } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVEL[level],
    message: { text: text(`${message} Fix: ${fix}`) },
    locations: [{
      physicalLocation: { artifactLocation: artifact(template, cwd), ...(line === undefined ? {} : { region: { startLine: line } }) },
      logicalLocations: [{ name: safe(resource), fullyQualifiedName: safe(constructPath ?? `${stack}/${resource}`), kind: 'resource' }],
    }],
    partialFingerprints: fingerprints(finding),
    properties: {
      client: finding.client,
      clients: finding.clients,
      outcome: finding.outcome,
      certainty: finding.certainty,
      stack: safe(stack),
      property: safe(property),
      path: finding.path.map(safe),
      assumptions: finding.assumptions.map(safe),
    },
  };
}

/** By what stays the same from one synth to the next; the template by its name, wherever the assembly lies. */
function fingerprints({ rule, template, stack, resource }: Finding): object {
  const hash = createHash('sha256').update(JSON.stringify([rule, template.split(/[\\/]/).pop(), stack, resource])).digest('hex').slice(0, 16);
  return { 'primaryLocationLineHash': `${hash}:1`, 'cdkHandshake/v1': hash };
}

/** Relative to the working directory, as code scanning wants it; by its full name when it lies elsewhere. */
function artifact(file: string, cwd: string): object {
  const path = relative(cwd, resolve(cwd, file));
  if (path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return { uri: pathToFileURL(resolve(cwd, file)).href };
  return { uri: path.replace(/[\ud800-\udfff]/gu, '\ufffd').split(sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/** A message: what would be a placeholder or a link is none. */
function text(raw: string): string {
  return raw.split('\n').map(safe).join('\n').replace(/\{(\d+)\}/g, '{{$1}}').replace(/\[(?=[^\]]*\]\()/g, '\\[');
}

/** Markdown: the texts of rules are plain. */
function plain(raw: string): string {
  return raw.replace(/[\\`*_{}[\]<>#|]/g, (character) => `\\${character}`);
}
