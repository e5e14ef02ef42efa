// Which location takes a path: `=` first, then the longest prefix; a regular expression would go before that prefix, and is not
// evaluated here, so it makes the outcome a possible one. A path that lacks only the last slash of a location that passes on is 301.
// Facts: ngx_http_core_module manual, location.

import { NginxLocation, NginxSettings } from './settings';

/** A configuration is not asked about more than this many of them. */
const REGEX_LIMIT = 50;

const PAGE: NginxLocation = { does: { is: 'content' } };
const REDIRECT: NginxLocation = { does: { is: 'content', status: 301 } };

export interface Found {
  readonly taken: NginxLocation;
  /** Those with a regular expression, which may take the path instead. */
  readonly others: readonly NginxLocation[];
}

export function locationFor({ locations }: NginxSettings, target: string): Found {
  const path = target.split('?')[0];
  const exact = locations.find((location) => location.match === 'exact' && pathOf(location) === path);
  if (exact) return { taken: exact, others: [] };
  if (locations.some((location) => location.match !== 'regex' && pathOf(location) === `${path}/` && location.does.is !== 'content')) {
    return { taken: REDIRECT, others: [] };
  }
  const prefixes = locations.filter((location) => location.match !== 'exact' && location.match !== 'regex' && path.startsWith(pathOf(location)));
  const [longest] = [...prefixes].sort((one, other) => pathOf(other).length - pathOf(one).length);
  const others = longest?.match === 'prefix before regex' ? [] : locations.filter(({ match }) => match === 'regex').slice(0, REGEX_LIMIT);
  return { taken: longest ?? PAGE, others };
}

export function pathOf({ path }: NginxLocation): string {
  return path ?? '/';
}
