// Any client x listener x rule x target group against a table that was written from the ALB guide alone
// ("Target group protocol version", "Security policies", "Lambda functions as targets"). The walker must agree on each.

import * as fc from 'fast-check';
import { ClientId, CLIENTS } from '../../src/protocol';
import { analyse } from '../../src/rules';
import { albTemplate, forwardTo, group, header, rule } from '../templates';

const CLIENT_IDS: readonly ClientId[] = [
  'http/1.0',
  'http/1.1',
  'h2',
  'ws',
  'wss',
  'wss-browser',
  'wss-alpn-h2',
  'grpc',
  'tls1.0',
  'tls1.1',
  'tls1.2-only',
  'tls1.3-only',
];
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  'ELBSecurityPolicy-2016-08': ['1.0', '1.1', '1.2'],
  'ELBSecurityPolicy-TLS-1-2-2017-01': ['1.2'],
  'ELBSecurityPolicy-TLS13-1-2-2021-06': ['1.2', '1.3'],
  'ELBSecurityPolicy-TLS13-1-3-2021-06': ['1.3'],
  'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09': ['1.0', '1.1', '1.2', '1.3'],
};

interface Setup {
  client: ClientId;
  protocol: 'HTTP' | 'HTTPS';
  policy: string;
  http2: boolean;
  version: 'HTTP1' | 'HTTP2' | 'GRPC';
  lambda: boolean;
  grpcRule: boolean;
}

const SETUPS = fc.record<Setup>({
  client: fc.constantFrom(...CLIENT_IDS),
  protocol: fc.constantFrom('HTTP', 'HTTPS'),
  policy: fc.constantFrom(...Object.keys(POLICIES)),
  http2: fc.boolean(),
  version: fc.constantFrom('HTTP1', 'HTTP2', 'GRPC'),
  lambda: fc.boolean(),
  grpcRule: fc.boolean(),
});

/** What the documents say this client gets; undefined: it does not come to this door. */
function oracle({ client, protocol, policy, http2, version, lambda, grpcRule }: Setup): string | undefined {
  const webSocket = client.startsWith('ws');
  if (protocol === 'HTTP') {
    if (!['http/1.0', 'http/1.1', 'ws'].includes(client)) return undefined;
    if ((version !== 'HTTP1' && !lambda) || grpcRule) return 'deployment-failure';
  } else {
    if (client === 'ws') return undefined;
    const speaks =
      client === 'tls1.0'
        ? ['1.0']
        : client === 'tls1.1'
          ? ['1.1']
          : client === 'tls1.2-only'
            ? ['1.2']
            : client === 'tls1.3-only'
              ? ['1.3']
              : ['1.2', '1.3'];
    if (!speaks.some((tls) => POLICIES[policy].includes(tls))) return 'tls-handshake-failure';
  }
  const offersH2 = protocol === 'HTTPS' && ['h2', 'grpc', 'wss-alpn-h2', 'tls1.0', 'tls1.1', 'tls1.2-only', 'tls1.3-only'].includes(client);
  const speaksH2 = offersH2 && http2;
  if (client === 'wss-alpn-h2' && speaksH2) return 'ws-handshake-failure';
  if (client === 'grpc') {
    const target = grpcRule ? 'GRPC' : lambda ? 'HTTP1' : version;
    return target !== 'HTTP1' && speaksH2 ? 'served' : '464';
  }
  if (lambda) return webSocket ? '400' : 'served';
  if (version === 'HTTP1') return 'served';
  if (version === 'HTTP2') return speaksH2 && !webSocket ? 'served' : '464';
  return '464';
}

test('the walker agrees with the documents', () => {
  fc.assert(
    fc.property(SETUPS, (setup) => {
      const { client, protocol, policy, http2, version, lambda, grpcRule } = setup;
      const kind = CLIENTS[client].kind;
      const input = albTemplate({
        attributes: { 'routing.http2.enabled': http2 },
        listener: { Protocol: protocol, ...(protocol === 'HTTP' ? { SslPolicy: undefined } : { SslPolicy: policy }) },
        group: lambda ? { TargetType: 'lambda', Protocol: undefined } : { ProtocolVersion: version },
        routes: [{ path: '/x', speaks: [kind === 'websocket' ? 'websocket' : kind === 'grpc' ? 'grpc' : 'http/1.1'] }],
        more: grpcRule
          ? { Rpc: group({ ProtocolVersion: 'GRPC' }), RpcRule: rule(1, [header('content-type', 'application/grpc')], forwardTo('Rpc')) }
          : {},
      });
      const { paths } = analyse([input], { serve: [client] });
      const outcomes = paths
        .filter((row) => row.kind === kind)
        .map((row) => row.outcomes[client])
        .filter(Boolean);
      expect([...new Set(outcomes)]).toEqual(oracle(setup) === undefined ? [] : [oracle(setup)]);
    }),
    { numRuns: 2000 },
  );
});

const SHAPES = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(
      'HTTP',
      'HTTPS',
      'HTTP2',
      'GRPC',
      443,
      '80',
      true,
      null,
      '',
      'Alb',
      'Listener',
      'Group',
      'R',
      '__proto__',
      'constructor',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('call'),
    tie('object'),
  ),
  call: fc
    .tuple(
      fc.constantFrom(
        'Ref',
        'Fn::GetAtt',
        'Fn::If',
        'Fn::Sub',
        'Fn::Join',
        'Fn::Select',
        'Fn::Split',
        'Fn::FindInMap',
        'Fn::ImportValue',
        'Fn::GetStackOutput',
        'Fn::HandshakeReference',
        'Fn::Transform',
      ),
      tie('value'),
    )
    .map(([name, argument]) => ({ [name]: argument })),
  object: fc.dictionary(
    fc.constantFrom(
      'Type',
      'Key',
      'Value',
      'TargetGroupArn',
      'ForwardConfig',
      'TargetGroups',
      'Field',
      'Values',
      'StatusCode',
      'speaks',
      'path',
      'HttpCode',
    ),
    tie('value'),
    { maxKeys: 4 },
  ),
}));
const PROPERTIES = fc.dictionary(
  fc.constantFrom(
    'Type',
    'LoadBalancerArn',
    'Protocol',
    'SslPolicy',
    'DefaultActions',
    'ListenerArn',
    'Priority',
    'Conditions',
    'Actions',
    'ProtocolVersion',
    'TargetType',
    'Port',
    'Matcher',
    'LoadBalancerAttributes',
    'HealthCheckPort',
    'LoadBalancers',
    'TaskDefinition',
    'ContainerDefinitions',
  ),
  SHAPES.value,
);
const RESOURCE = fc.oneof(
  SHAPES.value,
  fc.record(
    {
      Type: fc.constantFrom(
        'AWS::ElasticLoadBalancingV2::LoadBalancer',
        'AWS::ElasticLoadBalancingV2::Listener',
        'AWS::ElasticLoadBalancingV2::ListenerRule',
        'AWS::ElasticLoadBalancingV2::TargetGroup',
        'AWS::ECS::Service',
        'AWS::ECS::TaskDefinition',
        'AWS::CloudFormation::Stack',
        'Custom::CrossRegionExportWriter',
      ),
      Properties: fc.oneof(PROPERTIES, SHAPES.value),
      Condition: SHAPES.value,
      Metadata: fc.oneof(
        SHAPES.value,
        fc.record({ 'cdk-handshake': fc.oneof(SHAPES.value, fc.dictionary(fc.constantFrom('server', 'routes', 'calls'), SHAPES.value)) }),
      ),
    },
    { requiredKeys: ['Type'] },
  ),
);
const TEMPLATE = fc.record(
  {
    Resources: fc.oneof(
      SHAPES.value,
      fc.dictionary(fc.constantFrom('Alb', 'Listener', 'R', 'Group', 'Task', 'Service', '__proto__'), RESOURCE),
    ),
    Conditions: fc.oneof(SHAPES.value, fc.dictionary(fc.constantFrom('HTTP', 'HTTPS', 'Alb'), SHAPES.value)),
    Parameters: fc.oneof(
      SHAPES.value,
      fc.dictionary(
        fc.constantFrom('Alb', 'Group', 'HTTP'),
        fc.dictionary(fc.constantFrom('Type', 'Default', 'AllowedValues'), SHAPES.value),
      ),
    ),
    Mappings: SHAPES.value,
    Outputs: SHAPES.value,
  },
  { requiredKeys: [] },
);

test('no JSON value as a template makes the analysis throw', () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 5, arbitrary: TEMPLATE }, { weight: 1, arbitrary: fc.jsonValue() }), (body) => {
      analyse([{ file: 't', stack: 'T', body }], { serve: ['http/1.1', 'wss', 'grpc'] });
    }),
    { numRuns: 2000 },
  );
});
