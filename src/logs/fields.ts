// Splits a line as Elastic Load Balancing writes it: fields between spaces, some of them in double quotes, in which a quote or a
// backslash of the client stands behind a backslash. Not here: what the fields mean (alb.ts, alb-connection.ts).
// Scanned by hand with indexOf, because a regular expression for all thirty fields takes several times as long.

const QUOTE = 34;
const BACKSLASH = 92;

/** The fields of a line without their quotes; undefined where a quote is not closed. */
export function fieldsOf(line: string): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  while (at < line.length) {
    let end: number;
    if (line.charCodeAt(at) === QUOTE) {
      at += 1;
      end = closing(line, at);
      if (end < 0) return undefined;
      fields.push(line.slice(at, end));
      end += 1;
    } else {
      end = line.indexOf(' ', at);
      if (end < 0) end = line.length;
      fields.push(line.slice(at, end));
    }
    at = end + 1;
  }
  return fields;
}

/** Where the quoted field ends that begins at a place. */
function closing(line: string, from: number): number {
  let end = line.indexOf('"', from);
  while (end > from && line.charCodeAt(end - 1) === BACKSLASH) {
    let first = end - 1;
    while (first > from && line.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    if ((end - first) % 2 === 0) break; // each backslash stands for itself
    end = line.indexOf('"', end + 1);
  }
  return end;
}

/** A value or nothing: the logs write "-" for what there is none of. */
export function given(field: string | undefined): string | undefined {
  return field === undefined || field === '-' || field === '' ? undefined : field;
}
