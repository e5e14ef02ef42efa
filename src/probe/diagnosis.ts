// From all evidence to causes: which of the six it is, what is the matter, what to do. The signs stand in tables, one file for each
// group of causes (signs-*.ts); a sign sees all clients and looks and says nothing if it does not apply.
// A diagnosis explains clients that are not served, or let in though they should not be; what is well is not spoken of.

import { Diagnosis } from './probed';
import { Case } from './sign';
import { OF_HTTP } from './signs-http';
import { OF_PROXIES } from './signs-proxy';
import { OF_TLS } from './signs-tls';
import { OF_WEB_SOCKETS } from './signs-web-socket';

export function diagnose(seen: Case): Diagnosis[] {
  return [...OF_TLS, ...OF_PROXIES, ...OF_HTTP, ...OF_WEB_SOCKETS].flatMap((sign) => sign(seen) ?? []);
}
