// The family of a user agent in SQL, so that Athena's rows have the keys that `cdk-handshake logs` has. Made from the table of
// logs/agent.ts, step by step as the functions there go; a test compares both over real and made-up user agents.
// In: a table with a column `agent`. Out: the same with `family` and `agent_outdated`, which is null unless it is known of the agent.

import { named, text } from './sql';
import { BROWSERS, LONGEST_AGENT, LONGEST_FAMILY, TRIDENT } from '../../logs/agent';

const EXPLORER = 'Internet Explorer';

/** "Mozilla/5.0 (compatible; Googlebot/2.1; …)" and such. */
const ROBOT = '(?:^|[^0-9A-Za-z_])compatible; ([A-Za-z][0-9A-Za-z_.-]*)';

/** Characters of RFC 9110 section 5.6.2. */
const PRODUCT = "^([0-9A-Za-z_!#$%&'*+.^`|~-]+)";

/** A version as JavaScript prints the number: no zeros in front or at the end. */
const NUMBER = '^ *0*([0-9]+(?:\\.[0-9]*[1-9])?)';

const TOKENS = ['Trident/', ...BROWSERS.map(({ token }) => token)];

/** The three steps as common table expressions; the last has the name that is asked for. */
export function agentTables(from: string, name: string): (readonly [string, string])[] {
  return [['agents_read', tokens(from)], ['agents_counted', versions('agents_read')], [name, families('agents_counted')]];
}

/** What a user agent has in it. */
function tokens(from: string): string {
  return `  SELECT *,
    CASE WHEN bounded LIKE 'Mozilla/%' THEN COALESCE(regexp_extract(substr(bounded, 1, 256), ${text(ROBOT)}, 1), '') ELSE '' END AS robot,
    CASE WHEN bounded LIKE 'Mozilla/%' THEN CASE
${TOKENS.map((token) => `      WHEN strpos(bounded, ${text(token)}) > 0 THEN ${text(token)}`).join('\n')}
    END END AS token,
    COALESCE(regexp_extract(substr(bounded, 1, 128), ${text(PRODUCT)}, 1), '') AS product
  FROM (SELECT *, substr(agent, 1, ${LONGEST_AGENT}) AS bounded FROM ${from}) AS bounded_agents`;
}

/** The version behind the token, as text and as a number; '' and 0 where there is none. Trident counts otherwise than Internet Explorer. */
function versions(from: string): string {
  return `  SELECT *,
    CASE WHEN token = 'Trident/' THEN CAST(${TRIDENT} + COALESCE(TRY_CAST(whole AS INTEGER), 0) AS VARCHAR) || substr(written, length(whole) + 1)
      ELSE written END AS version,
    CASE WHEN token = 'Trident/' THEN ${TRIDENT} ELSE 0 END + COALESCE(TRY_CAST(written AS DOUBLE), 0) AS number,
    COALESCE(TRY_CAST(regexp_extract(substr(bounded, 1, 128), '^Java/(?:1\\.)?([0-9]+)', 1) AS INTEGER), 0) AS java
  FROM (
    SELECT *, COALESCE(regexp_extract(written, '^[0-9]+'), '') AS whole FROM (
      SELECT *, COALESCE(regexp_extract(substr(bounded, strpos(bounded, token) + length(token), 8), ${text(NUMBER)}, 1), '') AS written FROM ${from}
    ) AS written_versions
  ) AS whole_versions`;
}

function families(from: string): string {
  const browser = named('token', BROWSERS.map(({ token, family }) => [token, family]));
  const firstWithTls12 = BROWSERS.flatMap(({ token, tls12From }) => (tls12From === undefined ? [] : [`WHEN ${text(token)} THEN ${tls12From}`]));
  return `  SELECT *,
    CASE
      WHEN browser = '${EXPLORER}' AND number >= 1 THEN '${EXPLORER} ' || CAST(CAST(floor(number) AS INTEGER) AS VARCHAR)
      WHEN browser IS NOT NULL THEN browser
      WHEN bounded = '' THEN '(none)'
      WHEN robot NOT IN ('', 'MSIE') THEN substr(robot, 1, ${LONGEST_FAMILY})
      WHEN bounded LIKE 'Mozilla/%' THEN CASE WHEN strpos(bounded, 'AppleWebKit/') > 0 THEN 'WebKit in an app' ELSE 'Mozilla, otherwise unknown' END
      WHEN bounded LIKE 'Opera/%' THEN 'Opera'
      WHEN product = '' THEN '(no product name)'
      WHEN product = 'Java' AND java > 0 THEN 'Java ' || CAST(java AS VARCHAR)
      ELSE substr(product, 1, ${LONGEST_FAMILY})
    END AS family,
    CASE
      WHEN browser IS NOT NULL AND number > 0 AND number < tls12_from THEN browser || ' ' || version || ' has no TLS 1.2 as shipped'
      WHEN browser = '${EXPLORER}' AND floor(number) = 11 THEN '${EXPLORER} 11 ends at TLS 1.2 and HTTP/1.1'
      WHEN product = 'Java' AND java > 0 AND java < 8 THEN 'Java ' || CAST(java AS VARCHAR) || ' has no TLS 1.2 as shipped'
    END AS agent_outdated
  FROM (
    SELECT *,
      CASE WHEN robot IN ('', 'MSIE') THEN ${browser} END AS browser,
      CASE token ${firstWithTls12.join(' ')} END AS tls12_from
    FROM ${from}
  ) AS browsers`;
}
