// Wildcards as listener rules and cache behaviours write them: * for any characters, ? for one.
// Facts: ALB guide "Condition types for listener rules"; CloudFront guide "Path pattern".

/** Whether the text fits the pattern; linear in practice, at worst text times pattern, never exponential. */
export function matches(pattern: string, text: string): boolean {
  const first = pattern.indexOf('*');
  if (!pattern.includes('?')) {
    if (first < 0) return pattern === text;
    if (first === pattern.length - 1) return text.startsWith(pattern.slice(0, -1));
  }
  let at = 0;
  let in_ = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (in_ < pattern.length && (pattern[in_] === '?' || pattern[in_] === text[at]) && pattern[in_] !== '*') {
      at++;
      in_++;
    } else if (pattern[in_] === '*') {
      star = in_++;
      resume = at;
    } else if (star >= 0) {
      in_ = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[in_] === '*') in_++;
  return in_ === pattern.length;
}

/** A text that fits the pattern and hardly any other one. */
export function exampleOf(pattern: string): string {
  return pattern.replace(/\*/g, 'handshake').replace(/\?/g, 'x');
}
