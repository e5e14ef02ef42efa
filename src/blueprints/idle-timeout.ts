// From the longest pause between two pings of a WebSocket server to an idle timeout under which the connection survives: twice
// the pause, so that one late ping does no harm, within what the service allows.
// Facts: ELB guide "Load balancer attributes": idle_timeout.timeout_seconds is 1 to 4000, 60 by default; "Update the TCP idle
// timeout for your Network Load Balancer listener": 60 to 6000, 350 by default. HTTP/2 PING and TCP keep-alive do not count.

import { Duration } from 'aws-cdk-lib';

export interface IdleRange {
  readonly least: number;
  readonly most: number;
}

export const ALB_IDLE: IdleRange = { least: 60, most: 4000 };
export const NLB_IDLE: IdleRange = { least: 350, most: 6000 };

/** Seconds; never below the default of the service. */
export function idleSeconds(ping: number, { least, most }: IdleRange): number {
  return Math.min(most, Math.max(least, Math.ceil(2 * ping)));
}

/** Seconds of a ping interval, checked; undefined for a token. */
export function pingSeconds(who: string, ping: Duration | undefined): number | undefined {
  if (ping === undefined || ping.isUnresolved()) return undefined;
  const seconds = ping.toSeconds({ integral: false });
  if (seconds >= ALB_IDLE.most) {
    throw new Error(
      `${who} is ${seconds} s, and a load balancer closes connections that are idle for ${ALB_IDLE.most} s at most. ` +
      'Let the servers ping more often, for instance every 30 s, and give that interval.');
  }
  return seconds;
}
