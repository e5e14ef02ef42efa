import { Rule } from '../rule';

export const PROXY_TIMEOUT_NOT_ABOVE_PING: Rule = {
  id: 'ProxyTimeoutNotAbovePing',
  says: 'A proxy closes a quiet WebSocket before the next ping',
  hits: 'WebSocket clients that are quiet: the connection is cut (close code 1006) just when the ping is due.',
  why: 'nginx closes a connection on which the server sent nothing for proxy_read_timeout (60 s by default), HAProxy after timeout tunnel, else the shorter of timeout client and timeout server.',
  fix: {
    cdk: 'give NginxSidecar or HaproxySidecar a server with pingInterval, or set proxy_read_timeout (nginx) or timeout tunnel (HAProxy) well above the ping interval',
    cloudFormation: 'set proxy_read_timeout (nginx) or timeout tunnel (HAProxy) well above the ping interval, and declare it in Metadata cdk-handshake server hops',
    ts: 'new NginxSidecar(this, \'Proxy\', { taskDefinition, server: Server.nodeWs({ port: 8080, pingInterval: Duration.minutes(2) }) });',
    yaml: 'proxy_read_timeout 300s;',
  },
  sources: [
    { what: 'nginx documentation, "WebSocket proxying"', url: 'https://nginx.org/en/docs/http/websocket.html', confidence: 'documented' },
    { what: 'HAProxy configuration manual, timeout tunnel', url: 'https://docs.haproxy.org/3.2/configuration.html#timeout%20tunnel', confidence: 'documented' },
    { what: 'test/lab: silent WebSockets through nginx and HAProxy', confidence: 'lab' },
  ],
};
