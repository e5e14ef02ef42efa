// Who must be served and who turned away: those whom the user names; those whom the template itself intends; and, unless
// the user names any, the public internet (HTTP/1.1 and HTTP/2 callers, TLS 1.2 and 1.3; TLS 1.0 and 1.1 turned away).
// Declared beats inferred beats default (docs/decisions/0003-levels.md).

import { Client, ClientId, CLIENTS, Kind } from '../protocol';
import { Intent } from '../systems';

/** Why a client matters on a path. */
export type Need = 'named' | 'intended' | 'default' | 'guessed' | 'refused' | 'refused-by-default';

export interface Caller {
  readonly client: Client;
  readonly need: Need;
}

const PUBLIC_INTERNET: readonly ClientId[] = ['http/1.1', 'h2', 'tls1.2-only', 'tls1.3-only'];
const OUTDATED: readonly ClientId[] = ['tls1.0', 'tls1.1'];

export class Profile {
  /** Whether the user said who calls. */
  public readonly named: boolean;

  constructor(
    public readonly serve: readonly ClientId[] = [],
    private readonly refuse: readonly ClientId[] = [],
  ) {
    this.named = serve.length > 0;
  }

  /** The clients that call at a place of this kind over this scheme. */
  public callers(intent: Intent, scheme: 'http' | 'https', schemes: readonly string[]): Caller[] {
    const named = this.serve.map((id) => CLIENTS[id]).filter((client) => client.kind === intent.kind);
    const callers: Caller[] = named.map((client) => ({ client, need: 'named' }));
    if (intent.kind === 'http') {
      const need = intent.by === 'guessed' ? 'guessed' : 'default';
      if (!this.named) callers.push(...PUBLIC_INTERNET.map((id): Caller => ({ client: CLIENTS[id], need })));
    } else if (intent.by !== 'assumed' && (scheme === 'https' || !schemes.includes('https'))) {
      const own = intent.kind === 'grpc' ? CLIENTS.grpc : scheme === 'http' ? CLIENTS.ws : CLIENTS.wss;
      if (!named.includes(own)) callers.push({ client: own, need: intent.by === 'guessed' ? 'guessed' : 'intended' });
    }
    return callers.filter(({ client }) => usable(client, scheme));
  }

  /** The clients that must not get in over TLS. */
  public outdated(): Caller[] {
    const listed = this.refuse.map((id): Caller => ({ client: CLIENTS[id], need: 'refused' }));
    const standing = OUTDATED.filter((id) => !this.serve.includes(id) && !this.refuse.includes(id));
    return [...listed, ...standing.map((id): Caller => ({ client: CLIENTS[id], need: 'refused-by-default' }))];
  }

  /** Named clients of a kind that no path is there for: they are tried wherever the server is not declared. */
  public homeless(kinds: ReadonlySet<Kind>): Kind[] {
    return [...new Set(this.serve.map((id) => CLIENTS[id].kind))].filter((kind) => !kinds.has(kind));
  }

  /** A client to name where a fault hits whoever comes. */
  public get anyone(): ClientId {
    return this.serve[0] ?? 'http/1.1';
  }
}

function usable(client: Client, scheme: 'http' | 'https'): boolean {
  return scheme === 'https' ? client.tls.length > 0 : client.cleartext;
}
