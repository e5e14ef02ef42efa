// The part of an HAProxy configuration that decides about protocols, with the same line numbers: what goes into a template says
// nothing about users, passwords, headers or logs. Not here: what a line means (read.ts).

const SECTIONS = new Set(['global', 'defaults', 'frontend', 'backend', 'listen']);
const KEPT = new Set([
  'bind', 'server', 'default-server', 'server-template', 'mode', 'option', 'no', 'timeout', 'default_backend', 'use_backend', 'http-check',
  'ssl-default-bind-options', 'ssl-default-server-options', 'ssl-default-bind-ciphers', 'tune.h2.fe.max-concurrent-streams', 'dispatch',
]);
/** Paths are no secrets; anything else that an acl asks may be. */
const PATH_ACL = /^acl\s+\S+\s+(path|path_beg|path_dir)\b/;

export function haproxyEssence(text: string, _file: string): string {
  let inside = false;
  const lines = text.split(/\r?\n/).map((line) => {
    const bare = uncommented(line).trim();
    const [word = ''] = bare.split(/\s+/);
    if (line !== '' && !/^\s/.test(line) && /^[a-z]/.test(word) && !KEPT.has(word) && word !== 'acl') inside = SECTIONS.has(word);
    if (SECTIONS.has(word)) return bare;
    if (!inside) return '';
    if (KEPT.has(word) || PATH_ACL.test(bare)) return `  ${bare}`;
    if (word === 'acl') return `  acl ${bare.split(/\s+/)[1] ?? '-'} hdr(x-other) -`;
    return word === 'http-request' || word === 'http-response' ? `  ${bare.split(/\s+/).slice(0, 2).join(' ')} -` : '';
  });
  return `${lines.join('\n').replace(/\n+$/, '')}\n`;
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
