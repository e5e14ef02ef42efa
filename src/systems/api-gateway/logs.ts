// Whether the access log of a stage shows who fails: a 426 and its masking have no metric of their own. Advice only.
// Facts: API Gateway guide "Set up logging", "Logging variables" ($context.status, $context.identity.userAgent,
// $context.integration.status). $context.protocol says HTTP/1.1 for HTTP/2 callers too, and is not asked for.

import { asText, get, Value } from '../../template';
import { Answer, Errand, fail, SERVED } from '../hop';
import { Walk } from '../walk';
import { errand } from './errand';
import { Api, Product, Stage } from './model';

const WANTED = ['$context.status', 'userAgent'];

export function logErrands(apis: readonly Api[]): Errand[] {
  const open = apis.filter(({ endpoint }) => asText(endpoint) !== 'PRIVATE');
  return open.flatMap((api) => api.stages.map((stage) => errand('advice', stage.resource, (walk) => logs(stage, api.product, walk))));
}

function logs({ resource }: Stage, product: Product, walk: Walk): Answer {
  walk.through(resource);
  const name = product === 'rest' ? 'AccessLogSetting' : 'AccessLogSettings';
  const settings: Value = walk.settle(get(resource, name));
  const advise = (property: string, why: string) => fail('unknown', { cause: 'NoApiLogs', resource, property, certainty: 'possible', why });
  if (settings.kind === 'absent') return advise(`Properties.${name}`, 'there is no access log: a 426 from behind shows in no metric of its own');
  const format = asText(walk.settle(get(resource, name, 'Format')));
  const missing = format === undefined ? [] : WANTED.filter((word) => !format.includes(word));
  return missing.length ? advise(`Properties.${name}.Format`, `the access log lacks ${missing.map((word) => (word === 'userAgent' ? '$context.identity.userAgent' : word)).join(' and ')}, so it does not show which clients fail`) : SERVED;
}
