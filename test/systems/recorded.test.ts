// What the models say of every server program, proxy and front with each of its settings: to the callers of the lab, and to all clients
// behind a load balancer. That they are true, the lab proves with the real programs (test/lab); that a change shows, is proved here.

import { CLIENTS, ClientId, FRONT_IDS, FRONT_SETTINGS, HOP_PROGRAMS, HOP_SETTINGS, Preset, PRESET_IDS, PRESETS, SERVER_SETTINGS, SettingForms } from '../../src/protocol';
import { analyse } from '../../src/rules';
import { nameSeen } from '../../src/systems/program/knock';
import { programOf } from '../../src/systems/server/programs';
import { apart, briefly, expectAsRecorded, grouped, Section } from '../baselines';
import { RELEASES } from '../lab/backends';
import { knockOf, LAB_CLIENTS, USUAL_CALLERS } from '../lab/lab-clients';
import { PROXIES } from '../lab/proxies-variants';
import { modelled } from '../lab/registry';
import { albTemplate, AlbParts } from '../templates';

const EVERYBODY = Object.keys(CLIENTS) as ClientId[];

/** No setting, and each value of each one alone. */
function each(forms: SettingForms): Record<string, unknown>[] {
  return [{}, ...alone(forms)];
}

/** And where there are many, which depend on each other, every two. */
function eachTwo(forms: SettingForms): Record<string, unknown>[] {
  const one = alone(forms);
  const pairs = Object.keys(forms).length < 5 ? [] : one.flatMap((first, at) => one.slice(at + 1).map((second) => ({ ...first, ...second })));
  return [{}, ...one, ...pairs.filter((pair) => Object.keys(pair).length === 2)];
}

function alone(forms: SettingForms): Record<string, unknown>[] {
  return Object.entries(forms).flatMap(([name, form]): Record<string, unknown>[] => {
    if (form === 'flag') return [{ [name]: true }, { [name]: false }];
    if (form === 'number') return [{ [name]: 1 }];
    if (form === 'text') return [{ [name]: '/live' }];
    return 'one' in form ? form.one.map((word) => ({ [name]: word })) : [...form.some.map((word) => ({ [name]: [word] })), { [name]: form.some }];
  });
}

const nameOf = (id: string, settings: object) => `${id} ${JSON.stringify(settings)}`;

/** Before all clients at once; what concerns TLS policies alone is recorded by the rules. */
function before(name: string, parts: AlbParts, behind?: object): Section {
  const input = albTemplate(parts);
  const balancer = (input.body as { Resources: Record<string, object> }).Resources.Alb;
  if (behind) Object.assign(balancer, { Metadata: { 'cdk-handshake': { behind } } });
  const { findings, paths } = analyse([input], { serve: EVERYBODY });
  return { name, lines: briefly({ templates: 1, resources: 3, paths, findings: findings.filter(({ rule }) => !rule.startsWith('Tls') && !rule.startsWith('Outdated')) }) };
}

test.each(PRESET_IDS)('%s and the callers of the lab', (id) => {
  const { speaks, only, plainHttpAnswer, spoiltHandshake }: Preset = PRESETS[id];
  expectAsRecorded(`models/programs/${id}`, (['clear', 'tls'] as const).flatMap((listener) => apart([undefined, '1.0', '99.0'].flatMap((version) => eachTwo(SERVER_SETTINGS[id] ?? {}).map((settings) => {
    const program = programOf({ speaks: listener === 'tls' ? [...speaks, 'tls'] : speaks, only, plainHttpAnswer, spoiltHandshake, transports: [], program: id, version, settings });
    const seen = Object.keys(LAB_CLIENTS).flatMap((client) => {
      const knock = knockOf(client, listener);
      return knock ? [[client, nameSeen(program(knock))] as const] : [];
    });
    return { name: `${nameOf(id, settings)}, ${version ?? 'any'} version, ${listener}`, lines: grouped(seen) };
  })))));
});

test.each(PRESET_IDS)('%s behind a load balancer', (preset) => {
  const group = PRESETS[preset].speaks.some((word: string) => word === 'tls') ? { Protocol: 'HTTPS' } : {};
  expectAsRecorded(`models/servers/${preset}`, ['HTTP1', 'HTTP2', 'GRPC'].flatMap((ProtocolVersion) => apart(each(SERVER_SETTINGS[preset] ?? {}).map((settings) => (
    before(`${nameOf(preset, settings)} ${ProtocolVersion}`, { server: { preset, ...(Object.keys(settings).length ? { settings } : {}) }, group: { ...group, ProtocolVersion } })
  )))));
});

test.each(HOP_PROGRAMS)('%s before servers', (program) => {
  expectAsRecorded(`models/hops/${program}`, (['node-ws', 'node-ws-with-http', 'envoy', 'node-http2-cleartext', 'express'] as const).flatMap((preset) => apart([undefined, '1.0', '99.0'].flatMap((version) => each(HOP_SETTINGS[program]).map((settings) => (
    before(`${nameOf(program, settings)}, ${version ?? 'any'} version, ${preset}`, { server: { preset, hops: [{ program, version, ...(Object.keys(settings).length ? { settings } : {}) }] } })
  ))))));
});

test.each(FRONT_IDS)('%s in front', (front) => {
  expectAsRecorded(`models/fronts/${front}`, (['node-ws-with-http', 'grpc'] as const).flatMap((preset) => apart(each(FRONT_SETTINGS[front]).map((settings) => (
    before(`${nameOf(front, settings)}, ${preset}`, { server: { preset }, group: { ProtocolVersion: preset === 'grpc' ? 'GRPC' : 'HTTP1' } }, [{ hop: front, ...(Object.keys(settings).length ? { settings } : {}) }])
  )))));
});

/** What a proxy of the lab stands before; a server stands alone. */
const BACKENDS = ['node http+ws-noserver', 'node h2c', 'node https', 'none', 'a mirror'];

const IN_LAB = modelled().filter(({ variants }) => variants?.length).map((one) => [`${one.system}${PROXIES.includes(one) ? ' as a proxy' : ''}`, one] as const);

test.each(IN_LAB)('%s, with the settings of the lab', (name, { system, variants, program }) => {
  const outcomes = (variant: string, version: string, listener: 'clear' | 'tls', backend: string | undefined): string[] => {
    const row = { system, version, variant, listener, backend, client: '', outcome: { kind: 'timeout' as const } };
    const made = program(row);
    if (typeof made !== 'function') return [];
    return grouped(USUAL_CALLERS.flatMap((client) => {
      const knock = knockOf(client, listener);
      return knock ? [[client, nameSeen(made(knock))] as const] : [];
    }));
  };
  const versions = [...new Set(RELEASES.map((release) => release[system] ?? '20.20.2'))].reverse();
  expectAsRecorded(`models/lab/${name}`, [undefined, ...BACKENDS].flatMap((backend) => (['clear', 'tls'] as const).flatMap((listener) => {
    const sections = variants!.flatMap((variant) => versions.map((version) => ({ name: `${variant} ${version}, ${listener}${backend ? `, before ${backend}` : ''}`, lines: outcomes(variant, version, listener, backend) })));
    const told = sections.filter(({ lines }) => lines.length > 0);
    return told.length === 0 ? [] : apart(told);
  })));
});
