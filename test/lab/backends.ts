// What stands behind a proxy in a row of the matrix: `node http`, `nginx proxy-default -> node ws-standalone`. All programs of a row
// are of one release of Debian; Node.js is 20.20.2 everywhere. Not here: which settings a variant has (origins.ts and its like).

import type { Modelled, Row } from './matrix';
import { modelled } from './registry';
import { Program, REFUSED } from '../../src/systems/program/knock';

/** Version by system for each release, found by the version of any program of it. */
export const RELEASES: readonly Readonly<Record<string, string>>[] = [
  {
    nginx: '1.22.1',
    haproxy: '2.6.12',
    apache: '2.4.71',
    tomcat: '10.1.60',
    gunicorn: '20.1.0',
    uwsgi: '2.0.21',
    uvicorn: '0.17.6',
    hypercorn: '0.13.2',
    daphne: '4.0.0',
    squid: '5.7',
    varnish: '7.1.1',
    caddy: '2.6.2',
    mitmproxy: '8.1.1',
  },
  {
    nginx: '1.26.3',
    haproxy: '3.0.11',
    apache: '2.4.68',
    tomcat: '11.0.22',
    gunicorn: '23.0.0',
    uwsgi: '2.0.28',
    uvicorn: '0.32.0',
    hypercorn: '0.17.3',
    daphne: '4.1.2',
    squid: '6.13',
    varnish: '7.7.0',
    caddy: '2.6.2',
  },
  {
    nginx: '1.30.6',
    haproxy: '3.2.26',
    apache: '2.4.69',
    tomcat: '11.0.24',
    gunicorn: '26.2.2',
    uwsgi: '2.0.31',
    uvicorn: '0.53.0',
    hypercorn: '0.17.3',
    daphne: '4.2.3',
    squid: '7.7',
    varnish: '9.0.1',
    caddy: '2.11.4',
  },
];

/** Says what arrived: for what a proxy changes, and no program of the lab tells apart. */
export const MIRROR: Program = ({ changes, idleSeconds, ...knock }) => ({
  kind: 'status',
  status: 200,
  ...(knock.hello && knock.version === '2' ? { alpn: 'h2' } : {}),
  possible: `${JSON.stringify(knock)}${(changes ?? []).map(({ by, does, setting }) => `, ${by} ${does} (${setting})`).join('')}${idleSeconds === undefined ? '' : `, idle for ${idleSeconds} s`}`,
});

export function behind(row: Row): Program | { readonly leftOut: string } {
  const { backend } = row;
  if (backend === undefined) return { leftOut: 'the row has no backend' };
  return programOf(backend, RELEASES.find((release) => release[row.system] === row.version.split(' ')[0]) ?? RELEASES[0]);
}

/** HTTP/2 came to Gunicorn with 25, and the asgi worker with 26: where a row has either, the newest stood there. */
const gunicornSince26 = (variant: string) => /\bh2c?\b|\basgi/.test(variant);

function versionIn(release: Readonly<Record<string, string>>, system: string, variant: string): string {
  if (system === 'node') return '20.20.2';
  if (system === 'gunicorn' && gunicornSince26(variant)) return '26.2.2';
  return release[system] ?? '';
}

/** `none`, `node http`, `gunicorn 20.1.0 sync`, `haproxy be-h1 -> envoy-stand-in`; what is in brackets is for people. */
export function programOf(backend: string, release: Readonly<Record<string, string>> = RELEASES[0]): ReturnType<Modelled['program']> {
  const [first, ...rest] = backend.replace(/ *\([^)]*\)/g, '').trim().split(/ *(?:->|→) */);
  if (/^(none|nothing|refused|closed port)$/.test(first)) return REFUSED;
  if (first === 'a mirror') return MIRROR;
  const [system, ...words] = first.split(' ');
  const versioned = /^\d+(\.\d+)+$/.test(words[0] ?? '') ? words.shift() : undefined;
  const variant = words.join(' ') || system;
  const reasons: string[] = [];
  for (const entry of modelled().filter((one) => one.system === system)) {
    const program = entry.program({
      system,
      variant,
      version: versioned ?? versionIn(release, system, variant),
      ...(rest.length ? { backend: rest.join(' -> ') } : {}),
      listener: 'clear',
      client: '',
      outcome: { kind: 'status' },
    });
    if (typeof program === 'function') return program;
    reasons.push(program.leftOut);
  }
  return { leftOut: reasons[0] ?? `no model of ${backend}` };
}
