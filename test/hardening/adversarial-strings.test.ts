// Texts of templates and configurations against everything here that takes them apart: twice the length may take twice the time. A regular
// expression that goes back over what it has read shows as a time that grows with the square.

import { within } from './bounds';
import { exampleOfRoute } from '../../src/systems/api-gateway/model';
import { covers } from '../../src/systems/certificate';
import { elbTlsPolicy } from '../../src/systems/elb-tls';
import { haproxyEssence } from '../../src/systems/haproxy/essence';
import { readHaproxyConfig } from '../../src/systems/haproxy/read';
import { nginxEssence } from '../../src/systems/nginx/essence';
import { readNginxConfig } from '../../src/systems/nginx/read';
import { isAddress, listenPortOf, secondsOf, targetOf } from '../../src/systems/nginx/values';
import { exampleOf, matches } from '../../src/systems/pattern';
import { atLeast } from '../../src/systems/program/versions';
import { nestedStacks } from '../../src/template/nested';

const PIECES = [
  ' ', '\n', '\t', '\r\n', ';', '{', '}', '{}', '"', "'", '\\', '#', '$', '${', '${a}', '*', '?', '*a', '**', '/', '//', ':', '://', 'a/', '.', '1', '1.', '1s', 'http://', '[', ']:', ',', '+', '{a+}',
  'a b;', 'server {', 'location / {', 'if (', 'map $a $b {', 'listen 80;', 'acl a path /x\n', 'bind :80\n', 'server a b\n', 'http-check send hdr a "\n', ' hdr a "', ' if ', '.if a\n', '.NestedStack/', '-', 'é', '@', '=', '~',
];
const LENGTH = 60_000;

function attempt(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    // What is no configuration is refused in a sentence; what breaks down is no refusal.
    if (error instanceof RangeError || error instanceof TypeError) throw error;
  }
}

test.each(PIECES.map((piece): [string, string] => [JSON.stringify(piece), piece]))('%s', (_, piece) => {
  const text = piece.repeat(Math.ceil(LENGTH / piece.length));
  within(2500, () => {
    for (const config of [text, `events {}\nhttp {\nserver {\nlisten 80;\n${text}`, `events {}\nhttp { server { location / { proxy_pass ${text}`, `http { server { listen ${text}; } }`]) {
      attempt(() => readNginxConfig(config, { file: 'f' }));
      attempt(() => nginxEssence(config, 'f'));
    }
    for (const config of [text, `frontend f\n  mode http\n  ${text}`, `backend b\n  http-check ${text}\n`, `backend b\n  option httpchk ${text}\n  timeout server ${text}\n`, `frontend f\n  http-request set-header ${text}\n${text}x`]) {
      attempt(() => readHaproxyConfig(config, { file: 'f' }));
      attempt(() => haproxyEssence(config, 'f'));
    }
    for (const call of [secondsOf, listenPortOf, targetOf, isAddress, exampleOf, exampleOfRoute, elbTlsPolicy, (one: string) => atLeast(one, '1.2'), (one: string) => covers([one], one)]) {
      attempt(() => call(text));
      attempt(() => call(`${text}x`));
    }
    attempt(() => nestedStacks({ Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' }, Metadata: { 'aws:cdk:path': text } } } }, () => new Map()));
  });
});

test('patterns with many stars', () => {
  const text = 'a'.repeat(5000);
  for (const pattern of ['*a'.repeat(500), `${'*a'.repeat(500)}b`, '*'.repeat(5000), `${'?*'.repeat(500)}b`]) within(1000, () => matches(pattern, text));
});
