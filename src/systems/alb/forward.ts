// What an Application Load Balancer does with a request once a rule has chosen a target group: translate HTTP/2 to
// HTTP/1.1, tunnel WebSocket, or answer 464 because the request's version does not fit the group's ProtocolVersion.
// Pure: request and settled settings in, step out. Not here: which group a rule selects (listener.ts), the server (server/).
// Facts: ALB guide "Target group protocol version" and load-balancer-troubleshooting "HTTP 464"; lambda-functions
// (WebSocket: 400 LambdaWebsocketNotSupported); load-balancer-listeners 2026 (no WebSocket with target optimizer).

import { HttpVersion, Kind } from '../../protocol';

export type ProtocolVersion = 'HTTP1' | 'HTTP2' | 'GRPC';

export type Forwarding =
  | { readonly does: 'send'; readonly version: HttpVersion }
  | { readonly does: 'answer'; readonly with: '464' | '400' | 'ws-handshake-failure'; readonly cause: string; readonly why: string };

/** Request protocol against the group's ProtocolVersion: the table of the ALB guide. */
export function forward(kind: Kind, version: HttpVersion, group: ProtocolVersion): Forwarding {
  switch (group) {
    case 'HTTP1':
      if (kind === 'grpc') {
        return answer(
          'GrpcAtHttp1TargetGroup',
          'the target group takes HTTP/1.1 (ProtocolVersion HTTP1, which is also the default) and the ALB answers 464 to gRPC',
        );
      }
      return { does: 'send', version: '1.1' };
    case 'HTTP2':
      if (kind === 'websocket') {
        return answer(
          'WebSocketAtHttp2TargetGroup',
          'the target group takes only HTTP/2 (ProtocolVersion HTTP2), a WebSocket handshake is HTTP/1.1, and the ALB answers 464',
        );
      }
      if (version !== '2') {
        return answer(
          'Http1ClientAtHttp2TargetGroup',
          `the target group takes only HTTP/2 (ProtocolVersion HTTP2) and the ALB, which never turns HTTP/1.x into HTTP/2, answers 464 to HTTP/${version}`,
        );
      }
      return { does: 'send', version: '2' };
    case 'GRPC':
      if (kind === 'websocket') {
        return answer(
          'WebSocketAtHttp2TargetGroup',
          'the target group takes only gRPC (ProtocolVersion GRPC), a WebSocket handshake is HTTP/1.1, and the ALB answers 464',
        );
      }
      if (kind === 'grpc' && version !== '2') {return answer('GrpcAtHttp1TargetGroup', 'the target group takes only gRPC over HTTP/2 and the ALB answers 464 to anything older');}
      if (kind !== 'grpc') {
        return answer(
          'PlainHttpAtGrpcTargetGroup',
          'the target group takes only gRPC (ProtocolVersion GRPC) and the ALB answers 464 to HTTP/1.x and to any method but POST',
        );
      }
      return { does: 'send', version: '2' };
  }
}

function answer(cause: string, why: string): Forwarding {
  return { does: 'answer', with: '464', cause, why };
}

/** Target groups that no WebSocket gets through, whatever their ProtocolVersion. */
export function withoutWebSocket(targetType: string, hasControlPort: boolean): Forwarding | undefined {
  if (targetType === 'lambda') {
    return {
      does: 'answer',
      with: '400',
      cause: 'WebSocketAtLambdaTarget',
      why: 'the target is a Lambda function, and the ALB answers 400 to a WebSocket handshake for it (LambdaWebsocketNotSupported)',
    };
  }
  if (hasControlPort) {
    return {
      does: 'answer',
      with: 'ws-handshake-failure',
      cause: 'WebSocketAtTargetOptimizer',
      why: 'the target group uses target optimizer (TargetControlPort), which takes no WebSocket',
    };
  }
  return undefined;
}
