// The built-in classes of caller as jsii users name them. What each speaks is in protocol/client.ts; this is only its public face.
// An enum-like class and not an enum, so that more can be added without breaking anyone.

import { didYouMean } from './did-you-mean';
import { ClientId, CLIENTS, isClientId } from '../protocol';

/**
 * A class of caller: the HTTP versions, TLS versions and kind of conversation it is able to have.
 */
export class Client {
  /** A caller that speaks HTTP/1.0: ApacheBench, old devices, `proxy_pass` of nginx before 1.29.7. */
  public static readonly HTTP_1_0 = new Client('http/1.0');
  /** A caller that speaks HTTP/1.1 only: Python requests, the https module of Node.js, most monitors. */
  public static readonly HTTP_1_1 = new Client('http/1.1');
  /** A caller that speaks HTTP/2 over TLS and falls back to HTTP/1.1: browsers, curl. */
  public static readonly H2 = new Client('h2');
  /** A caller that speaks HTTP/3 and falls back to HTTP/2 and HTTP/1.1. */
  public static readonly H3 = new Client('h3');
  /** A WebSocket client without TLS (`ws://`). */
  public static readonly WS = new Client('ws');
  /** A WebSocket client over TLS (`wss://`). */
  public static readonly WSS = new Client('wss');
  /** A WebSocket in a browser, which cannot set request headers such as `Authorization`. */
  public static readonly WSS_BROWSER = new Client('wss-browser');
  /** A WebSocket client whose HTTP library offers `h2` in ALPN and takes it when it is selected. */
  public static readonly WSS_ALPN_H2 = new Client('wss-alpn-h2');
  /** A gRPC client over TLS, which needs HTTP/2 on every hop. */
  public static readonly GRPC = new Client('grpc');
  /** A caller whose TLS stack ends at TLS 1.0. */
  public static readonly TLS_1_0 = new Client('tls1.0');
  /** A caller whose TLS stack ends at TLS 1.1. */
  public static readonly TLS_1_1 = new Client('tls1.1');
  /** A caller that speaks TLS 1.2 and nothing else. */
  public static readonly TLS_1_2_ONLY = new Client('tls1.2-only');
  /** A caller that speaks TLS 1.3 and nothing else. */
  public static readonly TLS_1_3_ONLY = new Client('tls1.3-only');

  /** A current Chrome, Edge, Firefox or Safari. */
  public static readonly EVERGREEN_BROWSER = new Client('evergreen-browser');
  /** Internet Explorer 11, which ends at TLS 1.2 and HTTP/1.1 (HTTP/2 on Windows 10 only). */
  public static readonly INTERNET_EXPLORER_11 = new Client('internet-explorer-11');
  /** Python requests of any version, which has HTTP/1.1 only. */
  public static readonly PYTHON_REQUESTS = new Client('python-requests');
  /** Python httpx, which speaks HTTP/1.1 unless http2=True. */
  public static readonly PYTHON_HTTPX = new Client('python-httpx');
  /** Python aiohttp. */
  public static readonly PYTHON_AIOHTTP = new Client('python-aiohttp');
  /** HttpURLConnection of Java 8, taken for one that ends at TLS 1.2. */
  public static readonly JAVA_8 = new Client('java-8');
  /** HttpURLConnection of Java 11 and later. */
  public static readonly JAVA_HTTPURLCONNECTION = new Client('java-httpurlconnection');
  /** HttpClient of Java 11 and later. */
  public static readonly JAVA_HTTPCLIENT = new Client('java-httpclient');
  /** OkHttp. */
  public static readonly OKHTTP = new Client('okhttp');
  /** Net/http of Go with its default transport. */
  public static readonly GO_HTTP = new Client('go-http');
  /** The http and https modules of Node.js. */
  public static readonly NODE_HTTP = new Client('node-http');
  /** Fetch of Node.js. */
  public static readonly NODE_FETCH = new Client('node-fetch');
  /** HttpClient of .NET, which asks for HTTP/1.1 by default. */
  public static readonly DOTNET_HTTPCLIENT = new Client('dotnet-httpclient');
  /** Curl. */
  public static readonly CURL = new Client('curl');
  /** GNU Wget. */
  public static readonly WGET = new Client('wget');
  /** ApacheBench (ab), which speaks HTTP/1.0. */
  public static readonly APACHEBENCH = new Client('apachebench');
  /** A monitor that asks over HTTP/1.1. */
  public static readonly UPTIME_MONITOR = new Client('uptime-monitor');
  /** Grpc-go 1.67 or later. */
  public static readonly GRPC_GO = new Client('grpc-go');
  /** Grpc-java. */
  public static readonly GRPC_JAVA = new Client('grpc-java');
  /** The gRPC library of Node.js, `@grpc/grpc-js`. */
  public static readonly GRPC_NODE = new Client('grpc-node');

  /**
   * A client by its id, as reports and the command line show it.
   *
   * @param id for instance `http/1.1`, `wss` or `tls1.2-only`
   */
  public static of(id: string): Client {
    if (isClientId(id)) return new Client(id);
    const ids = Object.keys(CLIENTS);
    throw new Error(`Client.of: there is no client '${id}'.${didYouMean(id, ids)} Known clients: ${ids.join(', ')}.`);
  }

  /** The id, as reports and the command line show it. */
  public readonly id: string;

  private constructor(id: ClientId) {
    this.id = id;
  }
}
