import { Rule } from '../rule';

export const FLOW_IDLE_TIMEOUT_NOT_ABOVE_PING: Rule = {
  id: 'FlowIdleTimeoutNotAbovePing',
  says: 'A network or classic load balancer drops a WebSocket as idle before the server\'s next ping',
  hits: 'WebSocket clients that are quiet: the connection ends (close code 1006), just when the ping is due.',
  why: 'A TCP listener of a network load balancer forgets a flow after tcp.idle_timeout.seconds without data (350 by default), a TLS listener always after 350; a classic load balancer closes after ConnectionSettings.IdleTimeout (60 by default).',
  fix: {
    cdk: 'ping more often, or raise the timeout: tcpIdleTimeout on a TCP listener, connectionSettings on a classic load balancer',
    cloudFormation: 'ping more often, or raise tcp.idle_timeout.seconds (ListenerAttributes of a TCP listener) or ConnectionSettings.IdleTimeout (classic)',
    ts: 'nlb.addListener(\'Tcp\', { port: 80, tcpIdleTimeout: Duration.minutes(15) });',
    yaml: 'ListenerAttributes:\n  - { Key: tcp.idle_timeout.seconds, Value: \'900\' }',
    mixin: 'IdleTimeoutMixin',
  },
  sources: [
    { what: 'NLB guide, "Update the TCP idle timeout"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html', confidence: 'documented' },
    { what: 'Classic guide, "Configure the idle connection timeout"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-idle-timeout.html', confidence: 'documented' },
  ],
};
