// The HTTP versions that a request can have and the words for how a client or hop may speak them.
// Not here: which system accepts which version (systems/).

/** HTTP versions as in the request line or the frame layer: RFC 1945, RFC 9112, RFC 9113, RFC 9114. */
export type HttpVersion = '1.0' | '1.1' | '2' | '3';

/** ALPN protocol ids a TLS client offers or a server selects: IANA "TLS ALPN Protocol IDs". */
export type Alpn = 'http/1.0' | 'http/1.1' | 'h2' | 'h3';

/** What sort of conversation the client wants. */
export type Kind = 'http' | 'websocket' | 'grpc';
