// A report over a small load balancer with everything in its names that could break out of a format.

import { parseTemplate } from './parsed';
import { Report, withLines } from '../../src/report';
import { analyse } from '../../src/rules';

export const HOSTILE = '</script><script>window.hacked=1</script>"\'|`<img src=x onerror=window.hacked=1> @everyone [a](b) {0} \u202eevil\u001b[31m\u0085\u009b31m\u200f\u061c\u2028 \ud800';

/** JSON, because a name may be anything there; `before` moves lines. */
export function template(before: string = '', name: string = 'Targets'): string {
  const resources = {
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application', Scheme: 'internet-facing' } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
        Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' }],
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: name } }],
      },
    },
    [name]: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { TargetType: 'ip', Port: 8080, Protocol: 'HTTP', ProtocolVersion: 'HTTP2' },
    },
  };
  return `${before}${JSON.stringify({ Resources: resources }, null, 2)}`;
}

export function reportOf(text: string, file: string = 'cdk.out/Shop.template.json', stack: string = 'Shop'): Report {
  const input = parseTemplate(text, file, stack);
  return { analysis: withLines(analyse([input]), [input]), unreadable: [{ file: `broken ${HOSTILE}.yaml`, reason: `no mapping: ${HOSTILE}` }] };
}

/** As many stacks as wanted, each with a path that fails. */
export function large(stacks: number): Report {
  const { analysis } = reportOf(template());
  const of = <Item extends { readonly stack: string }>(items: readonly Item[]) => Array.from({ length: stacks }, (_, at) => items.map((item) => ({ ...item, stack: `Stack${at}` }))).flat();
  return { analysis: { ...analysis, findings: of(analysis.findings), paths: of(analysis.paths) }, unreadable: [] };
}
