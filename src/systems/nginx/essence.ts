// The part of an nginx configuration that decides about protocols, as a configuration of its own with the same line numbers: what
// goes into a template says nothing about secrets, addresses of others or logs. The reader makes the same of it as of the whole.
// Not here: what a directive means (read.ts).

import { Directive, Include, parse } from './syntax';

type Words = readonly string[];

const whole = (words: Words) => words;
const nothing = (words: Words): Words => words.map(() => '-');
/** Whatever else a level sets decides about inheritance; what it says does not matter. */
const header = ([name = '-', value = '']: Words): Words => [name, /^(upgrade|connection)$/i.test(name) ? value : '-'];

const BLOCKS: Readonly<Record<string, (words: Words) => Words | undefined>> = {
  http: whole,
  server: whole,
  location: whole,
  upstream: whole,
  stream: whole,
  // What an `if` asks may be a secret; that it is there is all that counts.
  if: () => ['(-)'],
  map: (words) => (words[0] === '$http_upgrade' ? words : undefined),
};

const DIRECTIVES: Readonly<Record<string, (words: Words) => Words>> = {
  listen: whole,
  http2: whole,
  server_name: whole,
  server: ([address = '-']) => [address],
  keepalive_timeout: whole,
  ssl: whole,
  ssl_protocols: whole,
  ssl_ciphers: (words) => [words.join(' ').includes('SECLEVEL=0') ? '@SECLEVEL=0' : '-'],
  ssl_verify_client: whole,
  ssl_reject_handshake: whole,
  ssl_conf_command: nothing,
  proxy_pass: whole,
  grpc_pass: whole,
  proxy_http_version: whole,
  proxy_set_header: header,
  grpc_set_header: header,
  proxy_hide_header: header,
  proxy_pass_request_headers: whole,
  proxy_read_timeout: whole,
  grpc_read_timeout: whole,
  try_files: (words) => ['-', words[words.length - 1] ?? '-'],
  include: whole,
  rewrite: nothing,
  return: ([first = '200']) => [/^\d{3}$/.test(first) ? first : /^(https?:|\$scheme)/.test(first) ? 'https://-' : '-'],
  ...Object.fromEntries(['proxy', 'grpc'].flatMap((of) => [
    ...['ssl_protocols', 'ssl_server_name', 'ssl_name', 'ssl_verify'].map((name) => [`${of}_${name}`, whole]),
    [`${of}_ssl_ciphers`, (words: Words) => [words.join(' ').includes('SECLEVEL=0') ? '@SECLEVEL=0' : '-']],
    ...['ssl_certificate', 'ssl_conf_command'].map((name) => [`${of}_${name}`, nothing]),
  ])),
};

/** Scripts decide what happens, whatever they say. */
const SCRIPT = /_by_lua|^js_content$|^perl$|^more_(set|clear)_input_headers$/;

/** Throws as the reader does where the text is no configuration. Files that are included stand on the line of the block around. */
export function nginxEssence(text: string, file: string, include?: Include): string {
  const lines: string[] = [];
  const put = (line: number, part: string) => {
    const at = Math.max(line, lines.length) - 1;
    while (lines.length <= at) lines.push('');
    lines[at] += lines[at] === '' ? part : ` ${part}`;
  };
  write(parse(text, file, include), { file, put, line: 1, inMap: false });
  return `${lines.join('\n')}\n`;
}

interface Writing {
  readonly file: string;
  readonly put: (line: number, part: string) => void;
  /** The line of the block around, for what comes from another file. */
  readonly line: number;
  readonly inMap: boolean;
}

function write(directives: readonly Directive[], to: Writing): void {
  for (const directive of directives) {
    const { name, words, block } = directive;
    const line = directive.file === to.file ? directive.line : to.line;
    const kept = block ? (BLOCKS[name] ?? (SCRIPT.test(name) ? nothing : undefined))?.(words) : to.inMap ? words : keep(name, words);
    if (kept === undefined) continue;
    const text = [name === '' ? "''" : quoted(name), ...kept.map(quoted)].join(' ');
    if (!block || SCRIPT.test(name)) {
      to.put(line, `${SCRIPT.test(name) ? `${name} -` : text};`);
      continue;
    }
    to.put(line, `${text} {`);
    write(block, { ...to, line, inMap: name === 'map' });
    to.put(0, '}');
  }
}

function keep(name: string, words: Words): Words | undefined {
  if (SCRIPT.test(name)) return nothing(words);
  return Object.prototype.hasOwnProperty.call(DIRECTIVES, name) ? DIRECTIVES[name](words) : undefined;
}

function quoted(word: string): string {
  return word !== '' && !/[\s;{}"'\\#]/.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`;
}
