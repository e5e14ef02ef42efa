// What can be asked of the pack and of its aspect form.

import { NagPackProps } from 'cdk-nag';
import { Client } from '../declare/client';

/**
 * How loud the findings of a rule are.
 */
export enum RuleLevel {
  /** Fails the synth. */
  ERROR = 'error',
  /** Is reported; the synth succeeds. */
  WARNING = 'warning',
  /** Is reported as advice. */
  INFO = 'info',
}

/**
 * Formats of a report.
 */
export enum ReportFormat {
  /** For people, as `cdk-handshake check` prints it. */
  TEXT = 'text',
  /** For programs; the fields are a contract. */
  JSON = 'json',
  /** SARIF 2.1.0, for GitHub code scanning and editors. */
  SARIF = 'sarif',
  /** JUnit's XML, for GitLab, Jenkins and others that show test results. */
  JUNIT = 'junit',
  /** A comment for a pull request. */
  MARKDOWN = 'markdown',
  /** One page with pictures of the paths. */
  HTML = 'html',
}

/**
 * A report that a synth writes.
 */
export interface HandshakeReport {
  /**
   * What it looks like.
   */
  readonly format: ReportFormat;

  /**
   * The file; relative names begin at the working directory. Folders are made. It has to lie outside of the cloud assembly.
   */
  readonly file: string;
}

/**
 * Settings of the checks.
 */
export interface HandshakeChecksProps extends NagPackProps {
  /**
   * Clients that must be served on every path of their kind: plain HTTP clients on HTTP paths, WebSocket clients on
   * WebSocket paths, gRPC clients on gRPC paths. Naming any replaces the default.
   *
   * @default - HTTP/1.1, HTTP/2, TLS 1.2 and TLS 1.3, and whatever the template itself intends: the WebSocket clients of a
   * WebSocket API, the gRPC clients of a gRPC target group, the health checks
   */
  readonly serve?: Client[];

  /**
   * Clients that must be turned away, besides those of the default unless these are served.
   *
   * @default - callers whose TLS stack ends at TLS 1.0 or 1.1, which are always meant
   */
  readonly refuse?: Client[];

  /**
   * Rules to leave out, by id: as the report prints them (`Handshake-<Rule>`) or without the prefix.
   *
   * @default - no rule is left out
   */
  readonly exclude?: string[];

  /**
   * Other levels for the findings of rules, by rule id: as the report prints it (`Handshake-<Rule>`) or without the prefix.
   *
   * @default - certain findings are errors, possible ones are warnings, advice is information
   */
  readonly levels?: { [ruleId: string]: RuleLevel };

  /**
   * Reports to write when the checks are done, beside what the CDK reports: each holds what this pack reports, without what is
   * acknowledged, and the table of paths. A file that cannot be written is a warning.
   *
   * @default - no files are written
   */
  readonly reports?: HandshakeReport[];
}
