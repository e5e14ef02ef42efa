// A hop in front of an entry point that AWS does not run, as CDK users say it. Ends as one object of `behind` in the metadata
// (docs/declarations.md); what it does to a request is decided by the analysis, never here.

import { FRONT_SETTINGS, FrontId, misfits } from '../protocol';

/**
 * A product that inspects TLS.
 */
export enum InspectionProduct {
  /** Squid with ssl-bump: no ALPN, no Upgrade unless allowed (seen with 5.7 to 7.7). */
  SQUID = 'squid',
  /** Palo Alto Networks with decryption: keeps ALPN unless the profile strips it; WebSocket is not known. */
  PALO_ALTO = 'palo-alto',
  /** Zscaler with SSL inspection: HTTP/2 per rule; WebSocket is not known. */
  ZSCALER = 'zscaler',
}

/**
 * What is known about a corporate proxy or a firewall that inspects TLS. What is left out is taken from the product, or stays unknown.
 */
export interface CorporateProxyOptions {
  /**
   * The product.
   *
   * @default - any
   */
  readonly product?: InspectionProduct;

  /**
   * Whether it ends TLS with a certificate of its own. Without inspection it is a tunnel, which changes nothing.
   *
   * @default true
   */
  readonly inspectsTls?: boolean;

  /**
   * Whether it takes ALPN away, so that HTTP/1.1 is all that is left.
   *
   * @default - by product, else not known
   */
  readonly removesAlpn?: boolean;

  /**
   * Whether it drops the Upgrade header of a WebSocket handshake.
   *
   * @default - by product, else not known
   */
  readonly dropsUpgrade?: boolean;

  /**
   * TLS versions that it speaks: `1.0`, `1.1`, `1.2`, `1.3`.
   *
   * @default - 1.2 and 1.3
   */
  readonly tls?: string[];
}

/**
 * The mode of an external Application Load Balancer of Google Cloud.
 */
export enum GoogleCloudMode {
  /** Global: HTTP/1.0 is taken. */
  GLOBAL = 'global',
  /** Classic: HTTP/1.0 is taken. */
  CLASSIC = 'classic',
  /** Regional, which is Envoy: HTTP/1.0 is not listed, and 426 is reported. */
  REGIONAL = 'regional',
}

/**
 * What a Google Cloud load balancer speaks to its backend service.
 */
export enum GoogleCloudBackendProtocol {
  /** HTTP/1.1 in cleartext. */
  HTTP = 'HTTP',
  /** HTTP/1.1 over TLS. */
  HTTPS = 'HTTPS',
  /** HTTP/2 over TLS: right for gRPC, and no WebSocket gets through. */
  HTTP2 = 'HTTP2',
}

/**
 * What is known about a Google Cloud load balancer.
 */
export interface GoogleCloudLoadBalancerOptions {
  /**
   * Its mode.
   *
   * @default - not known
   */
  readonly mode?: GoogleCloudMode;

  /**
   * What it speaks to the entry point.
   *
   * @default - HTTP/1.1, over TLS as the client does
   */
  readonly backendProtocol?: GoogleCloudBackendProtocol;
}

/**
 * What is known about Azure Front Door.
 */
export interface AzureFrontDoorOptions {
  /**
   * Whether the route caches; then the Upgrade header of a WebSocket handshake is not passed on.
   *
   * @default false
   */
  readonly caching?: boolean;

  /**
   * Whether the route has gRPC enabled; then HTTP/2 is spoken to the origin.
   *
   * @default false
   */
  readonly grpc?: boolean;
}

/**
 * What is known about Azure Application Gateway.
 */
export interface AzureApplicationGatewayOptions {
  /**
   * Whether HTTP/2 is enabled towards clients.
   *
   * @default - not known
   */
  readonly http2?: boolean;
}

/**
 * A hop in front of an entry point that AWS does not run: an edge of another cloud, a gateway, a corporate proxy.
 */
export class Hop {
  /**
   * A corporate proxy or a firewall that inspects TLS. Some clients sit behind it, others come directly, and both ways are checked.
   *
   * @param options what is known about it
   */
  public static corporateProxy(options: CorporateProxyOptions = {}): Hop {
    const { product, ...settings } = options;
    return new Hop(product ?? 'corporate-proxy', settings);
  }

  /**
   * The external Application Load Balancer of Google Cloud. Everybody comes through it.
   *
   * @param options what is known about it
   */
  public static googleCloudLoadBalancer(options: GoogleCloudLoadBalancerOptions = {}): Hop {
    return new Hop('google-cloud-load-balancer', { ...options });
  }

  /**
   * Apigee X. Everybody comes through it.
   */
  public static apigee(): Hop {
    return new Hop('apigee', {});
  }

  /**
   * Azure Front Door. Everybody comes through it.
   *
   * @param options what is known about it
   */
  public static azureFrontDoor(options: AzureFrontDoorOptions = {}): Hop {
    return new Hop('azure-front-door', { ...options });
  }

  /**
   * Azure Application Gateway. Everybody comes through it.
   *
   * @param options what is known about it
   */
  public static azureApplicationGateway(options: AzureApplicationGatewayOptions = {}): Hop {
    return new Hop('azure-application-gateway', { ...options });
  }

  private readonly settings: Record<string, unknown>;

  private constructor(private readonly hop: FrontId, settings: Record<string, unknown>) {
    this.settings = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    const [wrong] = misfits(hop, FRONT_SETTINGS[hop], this.settings);
    if (wrong) throw new Error(`Hop: ${wrong}.`);
  }

  /**
   * The object of the metadata contract.
   * @internal
   */
  public _toMetadata(): Record<string, unknown> {
    return Object.keys(this.settings).length ? { hop: this.hop, settings: this.settings } : { hop: this.hop };
  }
}
