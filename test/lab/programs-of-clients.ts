// Client programs that are installed here, each run against URLs for real and asked what it saw: curl, wget, ab, nghttp, Python's
// libraries, Java's clients (a source file that the JVM launches), Node.js. Every run is bounded in time.
// Not here: what is expected of them (src/systems/clients), and the servers (client-programs.test.ts).

import { spawn } from 'node:child_process';
import { present, said, Site, write } from './running';
import { Seen } from '../../src/systems/program/knock';

/** What a program saw, as far as it tells. */
export type Told = { readonly kind: 'status'; readonly status: number } | { readonly kind: 'tls-failure' | 'connection-closed' };

/** A program as it is used, under its name in the table. */
export interface ProgramHere {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
  /** What it sees at each URL. */
  ask(urls: readonly string[], place: Site): Promise<Told[]>;
}

const BOUND_MS = 20_000;

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

function ended(command: string, parameters: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const timer = setTimeout(() => child.kill('SIGKILL'), BOUND_MS);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => { text += data.toString('latin1'); });
    child.once('error', () => resolve({ code: null, text }));
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, text });
    });
  });
}

const status = (text: string | undefined): Told | undefined => (Number(text) > 0 ? { kind: 'status', status: Number(text) } : undefined);
const closed: Told = { kind: 'connection-closed' };
const tlsFailure: Told = { kind: 'tls-failure' };

/** One that is started once for each URL. */
function eachUrl(name: string, versions: ProgramHere['versions'], command: (url: string) => readonly string[], read: (end: Ended) => Told): ProgramHere {
  return {
    name,
    versions,
    ask: (urls) => Promise.all(urls.map(async (url) => {
      const [first, ...rest] = command(url);
      return read(await ended(first, rest));
    })),
  };
}

/** One that takes all URLs at once, and says a line for each: a status, `tls-failure`, or anything else. */
function allUrls(name: string, versions: ProgramHere['versions'], command: (urls: readonly string[], place: Site) => readonly string[]): ProgramHere {
  return {
    name,
    versions,
    ask: async (urls, place) => {
      const [first, ...rest] = command(urls, place);
      const { text } = await ended(first, rest, { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1', PYTHONWARNINGS: 'ignore' });
      const lines = text.split('\n').filter((line) => line.startsWith('told '));
      return urls.map((_url, index) => status(lines[index]?.slice(5)) ?? (lines[index] === 'told tls-failure' ? tlsFailure : closed));
    },
  };
}

const versionOf = (command: string, ...parameters: string[]) => /\d+\.\d+(\.\d+)*/.exec(said(command, ...parameters))?.[0] ?? '';

function curls(): ProgramHere[] {
  if (!present('curl', 'apt-get install -y curl')) return [];
  const versions = { curl: versionOf('curl', '--version') };
  return ['', ' --http1.0', ' --http1.1', ' --http2', ' --http2-prior-knowledge'].map((option) => eachUrl(`curl${option}`, versions,
    (url) => ['curl', '-sk', '-m', '5', '-o', '/dev/null', '-w', '%{http_code}', ...option.trim().split(' ').filter(Boolean), url],
    ({ code, text }) => (code === 35 ? tlsFailure : code === 0 ? status(text) ?? closed : closed)));
}

function othersOfDebian(): ProgramHere[] {
  return [
    ...(present('wget', 'apt-get install -y wget') ? [eachUrl('wget', { wget: versionOf('wget', '--version') },
      (url) => ['wget', '-nv', '-S', '-O', '/dev/null', '--no-check-certificate', '--tries=1', '--timeout=5', url],
      ({ text }) => (/SSL connection/.test(text) ? tlsFailure : status(/^ +HTTP\/\S+ (\d{3})/m.exec(text)?.[1]) ?? closed))] : []),
    ...(present('ab', 'apt-get install -y apache2-utils') ? [eachUrl('apachebench', { apachebench: versionOf('ab', '-V') },
      (url) => ['ab', '-n', '1', '-s', '5', '-v', '3', url.replace(/\/*$/, '/')],
      ({ text }) => (/SSL handshake failed/.test(text) ? tlsFailure : status(/Response code (?:= |not 2xx \()(\d+)/.exec(text)?.[1]) ?? closed))] : []),
    ...(present('nghttp', 'apt-get install -y nghttp2-client') ? [eachUrl('nghttp', { nghttp: versionOf('nghttp', '--version') },
      (url) => ['nghttp', '-nv', '--no-verify-peer', '-t', '5', url],
      ({ text }) => status(/recv \(stream_id=\d+\) :status: (\d{3})/.exec(text)?.[1]) ?? closed)] : []),
  ];
}

const PYTHON = '/usr/bin/python3';

const PYTHON_ASKS = `import ssl, sys, warnings
warnings.simplefilter('ignore')
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
def requests_get(url):
    import requests
    return requests.get(url, verify=False, timeout=5).status_code
def urllib_get(url):
    import urllib.request, urllib.error
    try:
        return urllib.request.urlopen(url, context=context, timeout=5).status
    except urllib.error.HTTPError as error:
        return error.code
def httpx_get(url, http2=False):
    import httpx
    with httpx.Client(http2=http2, verify=False, timeout=5) as client:
        return client.get(url).status_code
ask = {'requests': requests_get, 'urllib': urllib_get, 'httpx': httpx_get, 'httpx2': lambda url: httpx_get(url, True)}[sys.argv[1]]
for url in sys.argv[2:]:
    try:
        print('told', ask(url), flush=True)
    except Exception as error:
        print('told', 'tls-failure' if 'SSL' in repr(error) or 'SSL' in repr(error.__cause__) else 'closed ' + repr(error)[:60], flush=True)
`;

function pythons(): ProgramHere[] {
  if (!present(PYTHON, 'apt-get install -y python3')) return [];
  const versions = { 'python': versionOf(PYTHON, '--version'), 'python-urllib.request': versionOf(PYTHON, '--version') };
  const one = (name: string, how: string, modules: string, install: string) => {
    if (modules && /Error/.test(said(PYTHON, '-c', `import ${modules}`))) {
      console.warn(`${modules} is not here, so it is not tried. Install it with: ${install}`);
      return [];
    }
    return [allUrls(name, versions, (urls, place) => [PYTHON, write(place, 'asks.py', PYTHON_ASKS), how, ...urls])];
  };
  return [
    ...one('python-urllib.request', 'urllib', '', ''),
    ...one('python-requests', 'requests', 'requests', 'apt-get install -y python3-requests'),
    ...one('python-httpx http2=False', 'httpx', 'httpx', 'apt-get install -y python3-httpx'),
    ...one('python-httpx http2=True', 'httpx2', 'httpx, h2', 'apt-get install -y python3-httpx python3-h2'),
  ];
}

const JAVA_ASKS = `import java.net.*; import java.net.http.*; import java.security.cert.X509Certificate; import javax.net.ssl.*;
public class Asks {
  static final TrustManager ALL = new X509ExtendedTrustManager() {
    public void checkClientTrusted(X509Certificate[] c, String s) {} public void checkServerTrusted(X509Certificate[] c, String s) {}
    public void checkClientTrusted(X509Certificate[] c, String s, Socket x) {} public void checkServerTrusted(X509Certificate[] c, String s, Socket x) {}
    public void checkClientTrusted(X509Certificate[] c, String s, SSLEngine x) {} public void checkServerTrusted(X509Certificate[] c, String s, SSLEngine x) {}
    public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
  };
  static int ask(String how, String url, SSLContext tls) throws Exception {
    if (how.equals("HttpURLConnection")) {
      HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
      if (connection instanceof HttpsURLConnection secure) { secure.setSSLSocketFactory(tls.getSocketFactory()); secure.setHostnameVerifier((host, session) -> true); }
      return connection.getResponseCode();
    }
    HttpClient.Builder client = HttpClient.newBuilder().sslContext(tls);
    if (!how.equals("default")) client.version(HttpClient.Version.valueOf(how));
    return client.build().send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }
  public static void main(String[] words) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS"); tls.init(null, new TrustManager[] { ALL }, null);
    for (int index = 1; index < words.length; index++) {
      try { System.out.println("told " + ask(words[0], words[index], tls)); }
      catch (SSLException failure) { System.out.println("told tls-failure"); }
      catch (Exception failure) { System.out.println("told " + failure); }
    }
  }
}
`;

function javas(): ProgramHere[] {
  if (!present('java', 'apt-get install -y openjdk-17-jdk-headless')) return [];
  const versions = { java: versionOf('java', '-version') };
  return [['HttpClient default', 'default'], ['HttpClient HTTP_1_1', 'HTTP_1_1'], ['HttpURLConnection', 'HttpURLConnection']].map(([name, how]) =>
    allUrls(`java ${name}`, versions, (urls, place) => ['java', '-Djdk.internal.httpclient.disableHostnameVerification=true', write(place, 'Asks.java', JAVA_ASKS), how, ...urls]));
}

const NODE_ASKS = `const [how, ...urls] = process.argv.slice(2);
const ways = {
  fetch: async (url) => (await fetch(url, { redirect: 'manual' })).status,
  http: (url) => new Promise((resolve, reject) => require(url.split(':')[0]).get(url, (response) => resolve(response.statusCode)).on('error', reject)),
  http2: (url) => new Promise((resolve, reject) => {
    const session = require('http2').connect(url).on('error', reject);
    session.request({ ':path': '/' }).on('response', (headers) => { session.destroy(); resolve(headers[':status']); }).on('error', reject).end();
  }),
};
(async () => {
  for (const url of urls) {
    try {
      console.log('told', await ways[how](url));
    } catch (error) {
      const { code = '', message } = error.cause ?? error;
      console.log('told', /SSL|EPROTO|ALPN/.test(code + message) ? 'tls-failure' : 'closed ' + message);
    }
  }
  process.exit();
})();
`;

function nodes(): ProgramHere[] {
  const versions = { node: process.versions.node };
  return [['http/https module', 'http'], ['http2 module', 'http2'], ['fetch', 'fetch']].map(([name, how]) =>
    allUrls(`node ${name}`, versions, (urls, place) => [process.execPath, write(place, 'asks.js', NODE_ASKS), how, ...urls]));
}

export function programsHere(): ProgramHere[] {
  return [...curls(), ...othersOfDebian(), ...pythons(), ...javas(), ...nodes()];
}

/** Whether a program tells what was predicted. */
export function tells(told: Told, predicted: Seen): boolean {
  return told.kind === predicted.kind && (told.kind !== 'status' || predicted.kind !== 'status' || told.status === predicted.status);
}
