// The pack's props as the analysis wants them. Rule ids may be written as the report prints them or bare; an id that no
// rule has is refused, because a mistyped exclusion would silently leave the rule on.

import { HandshakeChecksProps } from './handshake-checks-props';
import { didYouMean } from '../declare/did-you-mean';
import { ClientId } from '../protocol';
import { AnalysisOptions, RULES } from '../rules';

/** The analysis options that the props ask for. */
export function settingsOf(props: HandshakeChecksProps): AnalysisOptions {
  return {
    serve: props.serve?.map((client) => client.id as ClientId),
    refuse: props.refuse?.map((client) => client.id as ClientId),
    exclude: props.exclude?.map((id) => ruleId(id, 'exclude')),
    levels: props.levels && Object.fromEntries(Object.entries(props.levels).map(([id, level]) => [ruleId(id, 'levels'), level])),
  };
}

function ruleId(id: string, prop: string): string {
  const short = id.replace(/^(Handshake::)?(Handshake-)?/, '');
  const known = RULES.map((rule) => rule.id);
  if (known.includes(short)) return short;
  throw new Error(`HandshakeChecks: '${id}' in '${prop}' is not the id of a rule.${didYouMean(short, known)} Known rules: ${known.join(', ')}.`);
}
