// What a probe prints: the table of paths and clients, as `paths` does; a line for each client with what was seen; the causes. And the
// same as JSON, whose fields are only ever added (docs/probe.md).

import { Expected } from './probe-expect';
import { ClientSeen, Diagnosis, Probed } from '../probe';
import { Kind, nameTls } from '../protocol';
import { Paint, painter, safe, wrap } from '../report';

const WIDTH = 110;
const KINDS: readonly Kind[] = ['http', 'websocket', 'grpc'];

export function probeText(probed: Probed, comparison: readonly Expected[] | undefined, colour: boolean): string {
  const paint = painter(colour);
  const { clients, diagnoses } = probed;
  const failing = clients.filter(({ fits }) => !fits).length;
  const differing = (comparison ?? []).filter(({ differs }) => differs).length;
  const counts = [
    `clients tried: ${clients.length}`,
    `have to be served: ${clients.filter(({ need }) => need === 'served').length}`,
    failing ? `not as it has to be: ${failing}` : 'all is as it has to be',
    ...(comparison ? [`unlike the templates: ${differing}`] : []),
  ].join('; ');
  const lines = [
    ...headOf(probed, paint), '',
    ...tableOf(clients, paint), '',
    ...clients.flatMap((client) => clientLines(client, comparison?.find((expected) => expected.client === client.client), paint)), '',
    ...diagnoses.flatMap((diagnosis) => [...diagnosisLines(diagnosis, paint), '']),
    paint(counts, failing || differing ? 'red' : 'green'),
  ];
  return `${lines.join('\n')}\n`;
}

function headOf({ url, address, port, endpoint }: Probed, paint: Paint): string[] {
  const { tls, alpn, certificate, server, via, announcesHttp3 } = endpoint;
  const about = [
    tls.length ? nameTls(tls) : 'no TLS',
    ...(tls.length ? [`ALPN ${alpn.join(' and ') || 'none'}`] : []),
    ...(server.length ? [`Server: ${server.join(', ')}`] : []),
    ...(via.length ? [`Via: ${via.join(', ')}`] : []),
    ...(announcesHttp3 ? ['announces HTTP/3'] : []),
  ].join('; ');
  const signed = certificate && `certificate of ${certificate.subject}, issued by ${certificate.issuer}${certificate.publicAuthority ? '' : ' (no public authority)'}, valid to ${certificate.validTo}`;
  return [`${paint(safe(url), 'bold')}  at ${safe(`${address?.includes(':') ? `[${address}]` : address}:${port}`)}`, safe(about), ...(signed ? [safe(signed)] : [])];
}

/** One row for each kind, with a column for each of its clients; the path stands last. */
function tableOf(clients: readonly ClientSeen[], paint: Paint): string[] {
  const kinds = KINDS.filter((kind) => clients.some((client) => client.kind === kind));
  const first = Math.max(...kinds.map((kind) => kind.length));
  return kinds.flatMap((kind) => {
    const own = clients.filter((client) => client.kind === kind);
    const widths = own.map(({ client, outcome }) => Math.max(client.length, outcome.length));
    const head = ['kind'.padEnd(first), ...own.map(({ client }, index) => client.padEnd(widths[index])), 'path'].join('  ');
    const cells = own.map((client, index) => paint(client.outcome.padEnd(widths[index]), styleOf(client)));
    return [paint(head, 'dim'), [kind.padEnd(first), ...cells, safe(own[0].path)].join('  ')];
  });
}

function styleOf({ outcome, fits, need }: ClientSeen): 'green' | 'red' | 'dim' | 'yellow' {
  if (outcome === 'untested') return 'dim';
  if (!fits) return 'red';
  if (need === 'refused') return 'green';
  return outcome === 'served' || /^3/.test(outcome) || need === 'served' ? 'green' : 'yellow';
}

function clientLines(seen: ClientSeen, expected: Expected | undefined, paint: Paint): string[] {
  const { client, outcome, evidence, alike, fits, need } = seen;
  const mark = fits ? (need === 'none' ? '   ' : 'ok ') : 'NOT';
  const wanted = fits ? '' : need === 'refused' ? ' (has to be turned away)' : ' (has to be served)';
  const { tls, answer } = evidence;
  const details = [
    ...(tls ? [`TLS ${tls.version} ${tls.cipher}`, `ALPN ${tls.alpn ?? 'none'}`] : []),
    ...(answer ? Object.entries({ Upgrade: answer.headers.upgrade, Location: answer.headers.location, Via: answer.headers.via, Error: answer.headers['x-amzn-errortype'] })
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])) : []),
    ...(alike.length ? [`so do ${alike.length > 4 ? `${alike.slice(0, 3).join(', ')} and ${alike.length - 3} more` : alike.join(', ')}`] : []),
  ].join('; ');
  const line = `${paint(mark, fits ? 'green' : 'red')} ${client.padEnd(20)} ${paint(outcome.padEnd(21), styleOf(seen))} ${safe(evidence.says)}${wanted}`;
  return [
    line,
    ...(details ? [paint(`${' '.repeat(25)} ${safe(details)}`, 'dim')] : []),
    ...(expected ? expectedLines(expected, paint) : []),
  ];
}

function expectedLines({ outcomes, compared, differs, paths }: Expected, paint: Paint): string[] {
  const indent = ' '.repeat(25);
  if (outcomes.length === 0) return [paint(`${indent} the templates say nothing of it`, 'dim')];
  const along = paths.length === 1 ? ` along ${paths[0].join(' -> ')}` : ` along ${paths.length} paths`;
  if (!compared) return [paint(`${indent} not compared; the templates say ${outcomes.join(' or ')}${safe(along)}`, 'dim')];
  if (!differs) return [paint(`${indent} as the templates say: ${outcomes.join(' or ')}${safe(along)}`, 'dim')];
  return [paint(`${indent} DIFFERS: the templates say ${outcomes.join(' or ')}${safe(along)}`, 'red')];
}

function diagnosisLines({ cause, certainty, clients, says, fix }: Diagnosis, paint: Paint): string[] {
  return [
    `${paint(cause.toUpperCase().replace(/-/g, ' '), certainty === 'certain' ? 'red' : 'yellow')} ${certainty === 'certain' ? '' : '(possible) '}${clients.join(', ')}`,
    ...wrap(safe(says), WIDTH).map((text) => `  ${text}`),
    ...wrap(safe(`Fix: ${fix}`), WIDTH).map((text) => `  ${paint(text, 'green')}`),
  ];
}

export function probeJson(probed: Probed, comparison: readonly Expected[] | undefined): string {
  const { clients, diagnoses, ok, ...rest } = probed;
  const document = {
    version: 1,
    ...rest,
    summary: {
      ok: ok && !(comparison ?? []).some(({ differs }) => differs),
      clients: clients.length,
      required: clients.filter(({ need }) => need === 'served').length,
      failing: clients.filter(({ fits }) => !fits).map(({ client }) => client),
      ...(comparison ? { differing: comparison.filter(({ differs }) => differs).map(({ client }) => client) } : {}),
    },
    clients: clients.map((client) => {
      const expected = comparison?.find((one) => one.client === client.client);
      if (!expected) return client;
      const { outcomes, paths, compared, differs } = expected;
      return { ...client, expected: { outcomes, paths, compared, differs } };
    }),
    diagnoses,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
