// What REST APIs make of errors: integration responses that show a backend's 426 as 200, gateway responses that bring a 426
// about or give every error one status. Never an error: the client gets what the template says, only not what happened.
// Facts: API Gateway guide "Set up integration responses" (the response without SelectionPattern takes what no other takes),
// "Gateway responses" (no type for 426; StatusCode replaces the type's own). That 426 hides this way: inferred.

import { asText, get, items, pick, Resource } from '../../template';
import { Route } from '../api-gateway/model';
import { Answer, fail, SERVED } from '../hop';
import { Walk } from '../walk';

/** Whether a 426 from the backend of a non-proxy integration would be shown as a success. */
export function maskedErrors({ resource, integration }: Route, walk: Walk): Answer {
  walk.through(resource);
  if (!integration) return SERVED;
  const responses = items(integration.responses).map(({ value }) => ({ pattern: asText(walk.settle(pick(value, 'SelectionPattern'))), status: asText(walk.settle(pick(value, 'StatusCode'))) }));
  const rest = responses.find(({ pattern }) => !pattern);
  if (!rest?.status?.startsWith('2')) return SERVED;
  if (responses.some(({ pattern }) => pattern && takes426(pattern))) return SERVED;
  return fail('426', {
    cause: 'BackendErrorsMasked',
    resource,
    property: integration.at.responses,
    certainty: 'possible',
    why: `an answer of 426 from the backend matches no SelectionPattern and is shown as ${rest.status}`,
  });
}

/**
 * The pattern is a regular expression over the backend's status; what cannot be read is taken to fit, and so is what no status needs:
 * groups that repeat, or alternatives of nothing, can keep a regular expression busy for years.
 */
function takes426(pattern: string): boolean {
  if (pattern.length > 64 || /\)[*+{]|[(|][|)]/.test(pattern)) return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test('426');
  } catch {
    return true;
  }
}

export function gatewayResponse(resource: Resource, walk: Walk): Answer {
  walk.through(resource);
  const type = asText(walk.settle(get(resource, 'ResponseType')));
  const status = asText(walk.settle(get(resource, 'StatusCode')));
  const fault = { resource, property: 'Properties.StatusCode', certainty: 'possible' as const };
  if (status === '426') return fail('426', { ...fault, cause: 'GatewayResponse426', why: `errors of type ${type ?? 'unknown'} are answered with 426, without the Upgrade header that RFC 9110 requires` });
  if (status !== undefined && type === 'DEFAULT_4XX') return fail('unknown', { ...fault, cause: 'GatewayResponseHidesCause', why: `every error of the gateway's own below 500 is answered with ${status}` });
  return SERVED;
}
