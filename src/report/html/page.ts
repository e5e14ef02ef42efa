// The shell of a page that is one file: nothing is loaded, and a policy for the browser forbids it. The policy names style and script by their
// hashes, so that nothing else can run, whatever stands in the names that a page shows.
// Facts: Content Security Policy Level 3 (hashes of inline blocks; style attributes are inline style too, so pages have none).

import { createHash } from 'crypto';
import { SCRIPT } from './script';
import { STYLE } from './style';
import { safe } from '../safe';

export interface Page {
  readonly title: string;
  /** HTML; what others wrote went through escaped(). */
  readonly body: string;
}

/** The whole document. */
export function page({ title, body }: Page): string {
  const policy = `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
${body}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Text that others wrote, for content and for attributes in double quotes. */
export function escaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };
  return safe(text).replace(/[&<>"']/g, (character) => characters[character]).replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** Several words as the value of an attribute that the filters look at. */
export function words(all: readonly string[]): string {
  return escaped([...new Set(all)].join(' '));
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
