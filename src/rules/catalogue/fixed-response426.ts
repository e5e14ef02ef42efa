import { Rule } from '../rule';

export const FIXED_RESPONSE426: Rule = {
  id: 'FixedResponse426',
  says: 'A fixed response answers 426',
  hits: 'Every client that gets it: a 426 without Upgrade header tells nobody what to upgrade to.',
  why: 'RFC 9110 demands an Upgrade header on a 426; a fixed response of an ALB cannot carry one.',
  fix: {
    cdk: 'use ListenerAction.redirect to HTTPS, or a fixedResponse(403 or 410) whose body explains',
    cloudFormation: 'redirect to HTTPS, or use StatusCode 403 or 410 with a body that explains',
    ts: 'listener.addAction(\'Old\', { action: elbv2.ListenerAction.redirect({ protocol: \'HTTPS\', port: \'443\' }) });',
    yaml: 'Type: redirect\nRedirectConfig: { Protocol: HTTPS, Port: \'443\', StatusCode: HTTP_301 }',
  },
  sources: [
    { what: 'RFC 9110, section 15.5.22', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.22', confidence: 'documented' },
  ],
};
