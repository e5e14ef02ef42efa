// The part of an HAProxy configuration that decides about protocols, with the same line numbers: what goes into a template says
// nothing about users, passwords, headers or logs. The reader makes the same of it as of the whole.
// Not here: what a line means (read.ts).

import { parse } from './syntax';

const SECTIONS = new Set(['global', 'defaults', 'frontend', 'backend', 'listen']);
const OTHER_SECTIONS = new Set([
  'userlist', 'peers', 'mailers', 'resolvers', 'cache', 'program', 'http-errors', 'ring', 'log-forward', 'log-profile', 'fcgi-app', 'crt-store', 'traces', 'acme',
]);
const KEPT = new Set([
  'bind', 'server', 'default-server', 'server-template', 'mode', 'option', 'no', 'timeout', 'clitimeout', 'srvtimeout', 'default_backend', 'use_backend',
  'use-server', 'http-check', 'tcp-check', 'dispatch', 'redirect', 'monitor-uri', 'ssl-default-bind-options', 'ssl-default-server-options',
  'ssl-default-bind-ciphers', 'ssl-default-server-ciphers',
]);
/** Paths are no secrets; anything else that a condition asks may be. */
const PATH = /^acl\s+\S+\s+(path|path_beg|path_dir)\b/;

/** Throws as the reader does where the text is no configuration. */
export function haproxyEssence(text: string, file: string): string {
  parse(text, file);
  let inside = false;
  const lines = text.split(/\r?\n/).map((line) => {
    const bare = uncommented(line).trim();
    const [word] = bare.split(/\s+/);
    if (SECTIONS.has(word) || OTHER_SECTIONS.has(word)) {
      inside = SECTIONS.has(word);
      return inside ? bare : '';
    }
    return inside && bare !== '' ? kept(bare, word) : '';
  });
  return `${lines.join('\n').trimEnd()}\n`;
}

function kept(line: string, word: string): string {
  const [, second = '-'] = line.split(/\s+/);
  if (word.startsWith('.')) return `  ${word} -`;
  if (word === 'acl') return PATH.test(line) ? `  ${line}` : `  acl ${second} hdr(x-other) -`;
  if (word === 'http-request' || word === 'tcp-request') return `  ${word} ${actionOf(line)}`;
  if (!KEPT.has(word)) return '';
  if (word === 'option' && second === 'httpchk') return `  ${/^option\s+httpchk(?:\s+\S+){0,2}(?:\s+HTTP\/\d(?:\.\d)?)?/.exec(line)![0]}`;
  if (word === 'http-check') return `  ${line.replace(/\shdr\s+(\S+)\s+("[^"]*"|\S+)/g, ' hdr $1 -').replace(/\s(body|body-lf)\s.*$/, '')}`;
  return `  ${line}`;
}

/** Which header a rule touches, not what it says; a condition only where it asks for TLS. */
function actionOf(line: string): string {
  const [, action = '-', third = '-'] = line.split(/\s+/);
  if (/-header$/.test(action) || line.startsWith('tcp-request')) return `${action} ${third} -`;
  const [, rest = ''] = /^\S+\s+(.*)$/.exec(line) ?? [];
  const condition = /\s(if|unless)\s+(.*)$/.exec(rest);
  return condition && !/^!?\s?\{ ssl_fc \}$/.test(condition[2]) ? `${action} if { hdr(x-other) - }` : rest;
}

/** A number sign begins a comment unless it is quoted or escaped. */
function uncommented(line: string): string {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === '\\' && quote !== "'") at++;
    else if (quote) quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '#') return line.slice(0, at);
  }
  return line;
}
