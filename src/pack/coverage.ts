// Which of several packs in one app reports a finding, so that none is reported twice: the first of those that treat its rule
// alike. Packs with other settings report as well, so that a lenient pack on a stack never hides what a strict one on the App
// finds; what is meant to be silent is acknowledged, and leaves a trace.
// Packs are looked up where the framework keeps them, `_validationPlugins` of each Stage (@internal). Like the framework, it
// sees only Stages that stand directly below the App or another Stage. Those inside a Stack, usual with CDK Pipelines, are
// never asked, so a pack on one of them is handed to the App.

import { IPolicyValidationPlugin, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isWithin, stageOf } from './app-stack';
import { AnalysisOptions } from '../rules';

/** What the pack says about itself to its siblings. */
export interface Assignment {
  /** Where the pack was put; everything below is its. */
  readonly scope?: IConstruct;
  readonly options: AnalysisOptions;
}

/** A pack of ours, possibly of another copy of this package. */
export interface AssignedPack extends IPolicyValidationPlugin {
  readonly _assignment: Assignment;
}

interface Post {
  readonly pack: AssignedPack;
  readonly top: IConstruct;
}

/** The packs that are registered anywhere in an app, each with the top of what it checks. */
export function posts(root: IConstruct): Post[] {
  const own = registered(root).filter(isOurs).map((pack) => ({ pack, top: deeper(root, pack._assignment.scope ?? root) }));
  return [...own, ...root.node.children.filter((child) => Stage.isStage(child)).flatMap(posts)];
}

/** Whether a pack is the one to report a rule on a construct. */
export function answersFor(pack: AssignedPack, rule: string, construct: IConstruct, all: readonly Post[]): boolean {
  if (!all.some((post) => post.pack === pack)) return true; // called by hand, or wrapped in a plugin of the user's
  const alike = treatment(pack, rule);
  return all.find((post) => isWithin(construct, post.top) && treatment(post.pack, rule) === alike)?.pack === pack;
}

/** Whether a pack of these settings would add nothing at a place. */
export function isCovered(scope: IConstruct, options: AnalysisOptions, all: readonly Post[]): boolean {
  return all.some(({ top, pack }) => top === scope || (isWithin(scope, top) && JSON.stringify(pack._assignment.options) === JSON.stringify(options)));
}

function treatment({ _assignment: { options } }: AssignedPack, rule: string): string {
  return JSON.stringify([options.serve, options.refuse, options.levels?.[rule], options.exclude?.includes(rule) ?? false]);
}

/** Has a pack asked that is registered on a Stage inside a Stack. */
export function ensureAsked(pack: AssignedPack, scope: IConstruct): void {
  const stage = stageOf(scope);
  if (!stage || stage.node.scopes.every((outer) => Stage.isStage(outer))) return;
  const { root } = scope.node;
  scope.node.addValidation({
    validate: () => {
      if (registered(stage).includes(pack) && !registered(root).includes(pack)) Validations.of(root).addPlugins(pack);
      return [];
    },
  });
}

function registered(stage: IConstruct): readonly IPolicyValidationPlugin[] {
  return (stage as unknown as { _validationPlugins?: IPolicyValidationPlugin[] })._validationPlugins ?? [];
}

function isOurs(plugin: IPolicyValidationPlugin): plugin is AssignedPack {
  return '_assignment' in plugin;
}

function deeper(one: IConstruct, other: IConstruct): IConstruct {
  return one.node.scopes.length > other.node.scopes.length ? one : other;
}
