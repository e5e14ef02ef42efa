// Words of SQL that all queries share. What they are made of is what the SQL of Trino (Athena) and of DuckDB have in common; the tests run
// the same text on DuckDB. Regular expressions use character classes that are written out, no \w, \d, \b and no look-ahead, because the
// engines differ in them (Joni, RE2, JavaScript).
// Where DuckDB says it otherwise the test defines a macro: regexp_like, date_format, and regexp_replace, which replaces all.
// Facts: Trino documentation "Regular expression functions", "String functions", "URL functions"; Athena guide "Athena engine version 3".

/** A text as SQL has it. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** What a value is called: the first of the pairs that fits. */
export function named(value: string, names: Iterable<readonly [string, string]>, otherwise = 'NULL'): string {
  const branches = [...names].map(([written, name]) => `WHEN ${text(written)} THEN ${text(name)}`);
  return `CASE ${value} ${branches.join(' ')} ELSE ${otherwise} END`;
}

/** Whether a value is one of some texts. */
export function among(value: string, texts: readonly string[]): string {
  return `${value} IN (${texts.map(text).join(', ')})`;
}

/** How many rows fulfil a condition; 0 where it is null everywhere, which count_if is not in DuckDB. */
export function countIf(condition: string): string {
  return `count(CASE WHEN ${condition} THEN 1 END)`;
}

/** A share from 0 to 1 with six digits; 0 of nothing is 0. */
export function share(part: string, whole: string): string {
  return `CASE WHEN ${whole} = 0 THEN 0.0E0 ELSE round(CAST(${part} AS DOUBLE) / ${whole}, 6) END`;
}

/** A query of common table expressions and a select. */
export function withTables(tables: readonly (readonly [name: string, query: string])[], select: string): string {
  return `WITH ${tables.map(([name, query]) => `${name} AS (\n${query}\n)`).join(',\n')}\n${select}\n`;
}
