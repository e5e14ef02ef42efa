// Opens connections: the first one, which tells whether anybody is there, and then one for each attempt, in cleartext or with the TLS
// versions and the ALPN offer that the attempt asks for. Every wait is bounded.
// A certificate that does not hold ends the attempt before anything is sent, unless that was allowed.
// Facts: alerts by their names in RFC 8446 section 6.2; OpenSSL 3 speaks TLS 1.0 and 1.1 at security level 0 only.

import * as net from 'net';
import * as tls from 'tls';
import { Offer } from './attempts';
import { certificateOf, problemOf } from './certificate';
import { Failed, TlsSeen } from './evidence';
import { plain } from './foreign';
import { serverNameOf, Target } from './target';
import { TlsVersion } from '../protocol';

/** Where and how to connect. */
export interface Place {
  readonly target: Target;
  /** The address that answered first: all attempts go to the same one. */
  readonly address: string;
  readonly milliseconds: number;
  /** Certificates of authorities in PEM, to trust besides those that Node.js knows. */
  readonly authorities?: readonly string[];
  /** Go on whatever the certificate says. */
  readonly insecure: boolean;
}

export type Opened = { readonly socket: net.Socket; readonly tls?: TlsSeen } | Failed;

/** Whether anybody is there, and at which address. */
export function reach({ connectTo, port }: Target, milliseconds: number): Promise<{ readonly address: string } | Failed> {
  const where = placeOf(connectTo, port);
  return new Promise((resolve) => {
    const socket = net.connect({ host: connectTo, port, autoSelectFamily: true });
    const done = (result: { address: string } | Failed) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => done({ end: 'no-connection', says: silence(where, milliseconds) }), milliseconds);
    socket.once('connect', () => done({ address: socket.remoteAddress ?? connectTo }));
    socket.on('error', (error) => done({ end: 'no-connection', says: unreachable(error, connectTo, where) }));
  });
}

/** As a URL writes it. */
function placeOf(host: string, port: number): string {
  return net.isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

function silence(where: string, milliseconds: number): string {
  return `${where} does not answer within ${seconds(milliseconds)}: is the port open in security groups and firewalls, and is this network one that may call it?`;
}

function unreachable(error: Error, host: string, where: string): string {
  const { code } = (error instanceof AggregateError ? error.errors[0] : error) as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOTFOUND': return `the name ${host} does not resolve: is it spelt right, and does its DNS record exist?`;
    case 'EAI_AGAIN': return `the name ${host} cannot be looked up now: no name server answers`;
    case 'ECONNREFUSED': return `${where} refuses the connection: nothing listens there`;
    case 'ECONNRESET': return `${where} resets the connection`;
    case 'ETIMEDOUT': return `${where} does not answer: is the port open in security groups and firewalls?`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH': return `there is no route to ${where} from this network`;
    default: return `${where} cannot be reached: ${plain(error.message)}`;
  }
}

export function openClear({ address, target: { port }, milliseconds }: Place): Promise<Opened> {
  return new Promise((resolve) => {
    const socket = net.connect(port, address);
    const timer = setTimeout(() => give({ end: 'no-connection', says: silence(placeOf(address, port), milliseconds) }), milliseconds);
    const give = (opened: Opened) => {
      clearTimeout(timer);
      if ('end' in opened) socket.destroy();
      resolve(opened);
    };
    socket.once('connect', () => give({ socket }));
    socket.on('error', (error) => give({ end: 'no-connection', says: unreachable(error, address, placeOf(address, port)) }));
  });
}

export function openTls(place: Place, offer: Offer): Promise<Opened> {
  const { address, target, milliseconds } = place;
  return new Promise((resolve) => {
    let connected = false;
    let socket: tls.TLSSocket | undefined;
    const give = (opened: Opened) => {
      clearTimeout(timer);
      if ('end' in opened) socket?.destroy();
      resolve(opened);
    };
    const timer = setTimeout(() => give(connected
      ? { end: 'tls-failure', says: `the TLS handshake gets no answer within ${seconds(milliseconds)}` }
      : { end: 'no-connection', says: silence(placeOf(address, target.port), milliseconds) }), milliseconds);
    try {
      socket = tls.connect({
        host: address,
        port: target.port,
        servername: serverNameOf(target),
        secureContext: contextOf(offer.versions, place.authorities),
        rejectUnauthorized: false, // judged below, so that the certificate can be named
        ...(offer.alpn.length ? { ALPNProtocols: [...offer.alpn] } : {}),
      }, () => give(greeted(socket!, place)));
    } catch (error) {
      return give({ end: 'untested', says: `this machine cannot try it: ${plain((error as Error).message)}` });
    }
    socket.once('connect', () => { connected = true; });
    socket.on('error', (error: NodeJS.ErrnoException) => give(connected
      ? failure(error)
      : { end: 'no-connection', says: unreachable(error, address, placeOf(address, target.port)) }));
    socket.once('close', () => give({ end: 'tls-failure', says: 'the connection is closed in the TLS handshake' }));
    return undefined;
  });
}

function greeted(socket: tls.TLSSocket, { insecure, target }: Place): Opened {
  const certificate = certificateOf(socket);
  const seen: TlsSeen = {
    version: socket.getProtocol()!.replace('TLSv', '').replace(/^1$/, '1.0') as TlsVersion,
    cipher: socket.getCipher().name,
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    ...(certificate ? { certificate } : {}),
  };
  if (certificate?.problem && !insecure) return { end: 'certificate', says: problemOf(certificate, target.host), tls: seen };
  return { socket, tls: seen };
}

const SECURE_VERSION: Readonly<Record<string, tls.SecureVersion>> = { '1.0': 'TLSv1', '1.1': 'TLSv1.1', '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' };
const contexts = new WeakMap<readonly string[], Map<string, tls.SecureContext>>();
const NO_MORE: readonly string[] = [];

/** Made once for each range, because a context reads all certificates of authorities. */
function contextOf(versions: readonly TlsVersion[], authorities: readonly string[] = NO_MORE): tls.SecureContext {
  const known = contexts.get(authorities) ?? new Map<string, tls.SecureContext>();
  contexts.set(authorities, known);
  const key = versions.join();
  const context = known.get(key) ?? tls.createSecureContext({
    minVersion: SECURE_VERSION[versions[0]],
    maxVersion: SECURE_VERSION[versions[versions.length - 1]],
    ...(versions.some((version) => version === '1.0' || version === '1.1') ? { ciphers: 'DEFAULT:@SECLEVEL=0' } : {}),
    ...(authorities.length ? { ca: [...tls.rootCertificates, ...authorities] } : {}),
  });
  known.set(key, context);
  return context;
}

/** What an error of a TLS socket says: an alert of the other side, bytes that are no TLS, or our own side that cannot. */
export function failure({ code = '', message }: NodeJS.ErrnoException): Failed {
  const alert = /_ALERT_(\w+)/.exec(code)?.[1].toLowerCase() ?? /ssl\/tls alert ([a-z ]+)/.exec(message)?.[1].trim().replace(/ /g, '_');
  if (alert) return { end: 'tls-failure', alert: plain(alert), says: `the server ends the TLS handshake: ${ALERTS[alert] ?? plain(alert)}` };
  if (/NO_(PROTOCOLS|CIPHERS|SHARED)|NO_SUITABLE/.test(code)) return { end: 'untested', says: `this machine cannot try it: its OpenSSL refuses (${plain(code)})` };
  if (/UNSUPPORTED_PROTOCOL|WRONG_SSL_VERSION/.test(code)) return { end: 'tls-failure', says: 'the server insists on a TLS version that the client does not speak' };
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|UNKNOWN_PROTOCOL|BAD_RECORD_TYPE|INVALID_RECORD/.test(code)) return { end: 'tls-failure', says: 'the port does not speak TLS: what comes back is something else, such as plain HTTP' };
  if (code === 'ECONNRESET' || code === 'EPIPE') return { end: 'tls-failure', says: 'the connection is closed in the TLS handshake' };
  return { end: 'tls-failure', says: `the TLS handshake fails: ${plain(message)}` };
}

const ALERTS: Readonly<Record<string, string>> = {
  protocol_version: 'it does not speak that TLS version (alert protocol_version)',
  handshake_failure: 'no cipher suite in common, or a client certificate is wanted (alert handshake_failure)',
  no_application_protocol: 'none of the protocols that ALPN offers (alert no_application_protocol)',
  unrecognized_name: 'it does not know the server name (alert unrecognized_name)',
  certificate_required: 'it wants a client certificate (alert certificate_required)',
  insufficient_security: 'the cipher suites on offer are too weak (alert insufficient_security)',
  internal_error: 'it does not say why (alert internal_error), often a TLS version that its security level forbids',
};

export function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}
