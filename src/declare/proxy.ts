// A proxy before a server, as CDK users say it. Ends as one object of `hops` in the `server` metadata (docs/declarations.md). What a
// configuration means is decided by the analysis, never here; here it is only cut down to what can matter.

import { basename } from 'path';
import { essenceOf, readConfig } from './proxy-files';
import { HOP_SETTINGS, HopProgram, misfits } from '../protocol';

/**
 * What is known about a proxy besides its name.
 */
export interface ProxyOptions {
  /**
   * Version of the program: `1.22.1`.
   *
   * @default - not known: where versions differ, the older and worse behavior is taken as possible
   */
  readonly version?: string;
}

/**
 * What is known about nginx or HAProxy.
 */
export interface ConfiguredProxyOptions extends ProxyOptions {
  /**
   * The text of its configuration.
   *
   * @default - the least that sends every request on to the server: `proxy_pass` alone, or `server` alone
   */
  readonly config?: string;

  /**
   * The name of the file that the configuration stands in, for messages.
   *
   * @default - nginx.conf or haproxy.cfg
   */
  readonly file?: string;
}

/**
 * What is known about Apache httpd as a proxy.
 */
export interface ApacheProxyOptions extends ProxyOptions {
  /**
   * Whether ProxyPass has `upgrade=websocket`, or mod_proxy_wstunnel leads to the server.
   *
   * @default false
   */
  readonly webSocket?: boolean;

  /**
   * Whether `force-proxy-request-1.0` is set.
   *
   * @default false
   */
  readonly http10?: boolean;
}

/**
 * What is known about Envoy.
 */
export interface EnvoyProxyOptions extends ProxyOptions {
  /**
   * Whether `upgrade_configs` lists `websocket`.
   *
   * @default false
   */
  readonly webSocket?: boolean;

  /**
   * Whether `accept_http_10` is set (Istio: `PILOT_HTTP10=1`).
   *
   * @default false
   */
  readonly acceptHttp10?: boolean;
}

/**
 * What is known about Varnish.
 */
export interface VarnishProxyOptions extends ProxyOptions {
  /**
   * Whether the VCL pipes upgrade requests.
   *
   * @default false
   */
  readonly pipe?: boolean;

  /**
   * Whether `feature +http2` is set.
   *
   * @default false
   */
  readonly http2?: boolean;
}

/**
 * A proxy that stands between a load balancer and a server: a sidecar, an ingress, a web server in front of an application.
 */
export class Proxy {
  /**
   * The nginx with this configuration file.
   *
   * @param file path of the file; files that it includes are looked up beside it
   * @param options the version, above all: before 1.29.7 nginx speaks HTTP/1.0 to the server unless told otherwise
   */
  public static nginxConfig(file: string, options: ProxyOptions = {}): Proxy {
    return new Proxy('nginx', { ...options, config: readConfig(file), file: basename(file) }, file);
  }

  /**
   * The HAProxy with this configuration file.
   *
   * @param file path of the file
   * @param options the version
   */
  public static haproxyConfig(file: string, options: ProxyOptions = {}): Proxy {
    return Proxy.haproxy({ ...options, config: readConfig(file), file: basename(file) });
  }

  /**
   * An nginx. Without a configuration it has `proxy_pass` and nothing else: no WebSocket gets through.
   *
   * @param options version and configuration
   */
  public static nginx(options: ConfiguredProxyOptions = {}): Proxy {
    return new Proxy('nginx', options);
  }

  /**
   * An HAProxy. Without a configuration it has a `bind` and a `server` line and no option on either.
   *
   * @param options version and configuration
   */
  public static haproxy(options: ConfiguredProxyOptions = {}): Proxy {
    return new Proxy('haproxy', options);
  }

  /**
   * An Apache httpd with ProxyPass.
   *
   * @param options its settings
   */
  public static apache(options: ApacheProxyOptions = {}): Proxy {
    return new Proxy('apache', options);
  }

  /**
   * A Caddy with reverse_proxy.
   *
   * @param options the version
   */
  public static caddy(options: ProxyOptions = {}): Proxy {
    return new Proxy('caddy', options);
  }

  /**
   * An Envoy: Istio, App Mesh, or one of your own.
   *
   * @param options its settings
   */
  public static envoy(options: EnvoyProxyOptions = {}): Proxy {
    return new Proxy('envoy', options);
  }

  /**
   * A Varnish, or Vinyl Cache.
   *
   * @param options its settings
   */
  public static varnish(options: VarnishProxyOptions = {}): Proxy {
    return new Proxy('varnish', options);
  }

  private readonly settings: Record<string, unknown>;

  private readonly essence?: string;

  private constructor(private readonly program: HopProgram, private readonly options: ConfiguredProxyOptions, path?: string) {
    const { version, config, file, ...settings } = options;
    void version;
    this.settings = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    const [wrong] = misfits(program, HOP_SETTINGS[program], this.settings);
    if (wrong) throw new Error(`Proxy: ${wrong}.`);
    if (config !== undefined) this.essence = essenceOf(program, config, file ?? (program === 'nginx' ? 'nginx.conf' : 'haproxy.cfg'), path);
  }

  /**
   * The object of the metadata contract.
   * @internal
   */
  public _toMetadata(): Record<string, unknown> {
    const { version, file } = this.options;
    const metadata = {
      program: this.program,
      version,
      config: this.essence,
      file: this.essence === undefined ? undefined : file,
      settings: Object.keys(this.settings).length ? this.settings : undefined,
    };
    return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
  }
}
