// Generated from the files of this folder: npx projen.

import { Rule } from '../rule';
import { ALB_TARGET_NEEDS_TCP } from './alb-target-needs-tcp';
import { ALB_TARGET_PORT_CLOSED } from './alb-target-port-closed';
import { ALIAS_WITHOUT_CERTIFICATE } from './alias-without-certificate';
import { ALPN_SELECTS_HTTP2_BEFORE_HTTP1_SERVER } from './alpn-selects-http2-before-http1-server';
import { ALPN_WITHOUT_HTTP1 } from './alpn-without-http1';
import { ALPN_WITHOUT_HTTP2 } from './alpn-without-http2';
import { API_ON_UNFIT_DOMAIN } from './api-on-unfit-domain';
import { API_TLS_FLOOR_ABOVE_CLIENT } from './api-tls-floor-above-client';
import { APP_MESH_ENDED } from './app-mesh-ended';
import { APP_SYNC_REALTIME_HOST } from './app-sync-realtime-host';
import { AUTHENTICATION_BEFORE_HANDSHAKE } from './authentication-before-handshake';
import { BACKEND_ERRORS_MASKED } from './backend-errors-masked';
import { CLASSIC_BALANCER_WITHOUT_HTTP2 } from './classic-balancer-without-http2';
import { CLASSIC_BALANCER_WITHOUT_TLS13 } from './classic-balancer-without-tls13';
import { CLEARTEXT_LISTENER_TO_HTTP2_TARGET_GROUP } from './cleartext-listener-to-http2-target-group';
import { CLEARTEXT_VIEWER_REFUSED } from './cleartext-viewer-refused';
import { CONNECT_INTEGRATION_SEES_HANDSHAKE } from './connect-integration-sees-handshake';
import { DECLARATION_NOT_UNDERSTOOD } from './declaration-not-understood';
import { DEFAULT_ENDPOINT_DISABLED } from './default-endpoint-disabled';
import { DEPLOYMENT_BEFORE_ROUTES } from './deployment-before-routes';
import { EDGE_FUNCTION_SETS_FORBIDDEN_HEADER } from './edge-function-sets-forbidden-header';
import { ENDPOINT_ACCESS_MODE_MISMATCH } from './endpoint-access-mode-mismatch';
import { ERROR_PAGE_HIDES_FAILED_HANDSHAKE } from './error-page-hides-failed-handshake';
import { FIXED_RESPONSE426 } from './fixed-response426';
import { FLOW_IDLE_TIMEOUT_NOT_ABOVE_PING } from './flow-idle-timeout-not-above-ping';
import { FORWARDED_HOST_NOT_EXPECTED } from './forwarded-host-not-expected';
import { GATEWAY_RESPONSE_HIDES_CAUSE } from './gateway-response-hides-cause';
import { GATEWAY_RESPONSE426 } from './gateway-response426';
import { GRPC_AT_HTTP1_TARGET_GROUP } from './grpc-at-http1-target-group';
import { GRPC_HEALTH_CHECK_PATH } from './grpc-health-check-path';
import { GRPC_KEEPALIVE_DOES_NOT_COUNT } from './grpc-keepalive-does-not-count';
import { GRPC_NEEDS_HTTP2 } from './grpc-needs-http2';
import { GRPC_NEEDS_HTTPS_ORIGIN } from './grpc-needs-https-origin';
import { GRPC_NEEDS_PLAIN_ORIGIN } from './grpc-needs-plain-origin';
import { GRPC_NOT_ENABLED } from './grpc-not-enabled';
import { GRPC_WITHOUT_POST } from './grpc-without-post';
import { HEADER_AUTHORIZATION_AT_CONNECT } from './header-authorization-at-connect';
import { HEALTH_CHECK_ACCEPTS426 } from './health-check-accepts426';
import { HEALTH_CHECK_AT_WEB_SOCKET_ONLY_SERVER } from './health-check-at-web-socket-only-server';
import { HEALTH_CHECK_PROTOCOL_VERSION } from './health-check-protocol-version';
import { HEALTH_CHECK_SCHEME_MISMATCH } from './health-check-scheme-mismatch';
import { HOP_IN_FRONT_DROPS_UPGRADE } from './hop-in-front-drops-upgrade';
import { HOP_IN_FRONT_REFUSES_HTTP10 } from './hop-in-front-refuses-http10';
import { HOP_IN_FRONT_TLS_VERSIONS } from './hop-in-front-tls-versions';
import { HOP_IN_FRONT_WITHOUT_HTTP2 } from './hop-in-front-without-http2';
import { HOP_IN_FRONT_WITHOUT_WEB_SOCKET } from './hop-in-front-without-web-socket';
import { HOP_WITHOUT_GRPC } from './hop-without-grpc';
import { HOP_WITHOUT_WEB_SOCKET } from './hop-without-web-socket';
import { HOST_NOT_FORWARDED } from './host-not-forwarded';
import { HTTP_API_NOT_DEPLOYED } from './http-api-not-deployed';
import { HTTP_MATCHER_ON_GRPC_TARGET_GROUP } from './http-matcher-on-grpc-target-group';
import { HTTP1_CLIENT_AT_HTTP2_TARGET_GROUP } from './http1-client-at-http2-target-group';
import { HTTP1_SERVER_AT_HTTP2_TARGET_GROUP } from './http1-server-at-http2-target-group';
import { HTTP10_AT_ENVOY_PORT } from './http10-at-envoy-port';
import { HTTP10_AT_HTTP11_SERVER } from './http10-at-http11-server';
import { HTTP10_POST_REDIRECTED } from './http10-post-redirected';
import { HTTP2_DISABLED_BEFORE_HTTP2_TARGET_GROUP } from './http2-disabled-before-http2-target-group';
import { HTTP2_NOT_OFFERED } from './http2-not-offered';
import { HTTP2_ON_CLEARTEXT_LISTENER } from './http2-on-cleartext-listener';
import { HTTP2_SERVER_AT_HTTP1_TARGET_GROUP } from './http2-server-at-http1-target-group';
import { HTTP3_WITH_VIEWER_MUTUAL_TLS } from './http3-with-viewer-mutual-tls';
import { HTTP3_WITHOUT_HTTP2 } from './http3-without-http2';
import { IDLE_TIMEOUT_NOT_ABOVE_PING } from './idle-timeout-not-above-ping';
import { INTEGRATION_PORT_CLOSED } from './integration-port-closed';
import { INTEGRATION_SCHEME_MISMATCH } from './integration-scheme-mismatch';
import { INTEGRATION_SERVER_MISMATCH } from './integration-server-mismatch';
import { MATCHER_OUT_OF_RANGE } from './matcher-out-of-range';
import { MINIMUM_PROTOCOL_VERSION_IGNORED } from './minimum-protocol-version-ignored';
import { MIXED_FIPS_POLICIES } from './mixed-fips-policies';
import { MIXED_PROTOCOL_VERSIONS } from './mixed-protocol-versions';
import { MUTUAL_TLS_ON_UNFIT_DOMAIN } from './mutual-tls-on-unfit-domain';
import { NO_API_LOGS } from './no-api-logs';
import { NO_BALANCER_LOGS } from './no-balancer-logs';
import { NO_CLEARTEXT_AT_API } from './no-cleartext-at-api';
import { NO_CLIENT_CERTIFICATE_FOR_MUTUAL_TLS } from './no-client-certificate-for-mutual-tls';
import { NO_COMMON_TLS_VERSION } from './no-common-tls-version';
import { NO_DISTRIBUTION_LOGS } from './no-distribution-logs';
import { ORIGIN_CERTIFICATE_NAME } from './origin-certificate-name';
import { ORIGIN_MUTUAL_TLS_WITHOUT_WEB_SOCKET } from './origin-mutual-tls-without-web-socket';
import { ORIGIN_PORT_CLOSED } from './origin-port-closed';
import { ORIGIN_REDIRECT_LOOP } from './origin-redirect-loop';
import { ORIGIN_SCHEME_MISMATCH } from './origin-scheme-mismatch';
import { ORIGIN_TLS_CEILING } from './origin-tls-ceiling';
import { ORIGIN_TLS_VERSIONS_NOT_SET } from './origin-tls-versions-not-set';
import { OUTDATED_TLS_ACCEPTED } from './outdated-tls-accepted';
import { OUTDATED_TLS_ON_API } from './outdated-tls-on-api';
import { OUTDATED_TLS_ON_DEFAULT_ENDPOINT } from './outdated-tls-on-default-endpoint';
import { PATH_NOT_ROUTED } from './path-not-routed';
import { PLAIN_HTTP_AT_GRPC_TARGET_GROUP } from './plain-http-at-grpc-target-group';
import { PLAIN_HTTP_AT_WEB_SOCKET_ONLY_SERVER } from './plain-http-at-web-socket-only-server';
import { POLLING_WITHOUT_STICKINESS } from './polling-without-stickiness';
import { PRIVATE_API_FROM_OUTSIDE } from './private-api-from-outside';
import { PROXY_BEFORE_UNFIT_SERVER } from './proxy-before-unfit-server';
import { PROXY_DROPS_UPGRADE } from './proxy-drops-upgrade';
import { PROXY_REFUSES_CALLER } from './proxy-refuses-caller';
import { PROXY_SPEAKS_HTTP10 } from './proxy-speaks-http10';
import { PROXY_TIMEOUT_NOT_ABOVE_PING } from './proxy-timeout-not-above-ping';
import { QUIC_LISTENER_REFUSED } from './quic-listener-refused';
import { REDIRECT_BEFORE_HANDSHAKE } from './redirect-before-handshake';
import { REFERENCE_CYCLE } from './reference-cycle';
import { REFUSED_CLIENT_SERVED } from './refused-client-served';
import { ROUTE_WITHOUT_INTEGRATION } from './route-without-integration';
import { RULE_NEVER_REACHED } from './rule-never-reached';
import { SERVER_NAME_NOT_ON_CERTIFICATE } from './server-name-not-on-certificate';
import { SERVER_WITHOUT_PROTOCOL } from './server-without-protocol';
import { STRICTEST_DESYNC_BEHIND_HTTP_API } from './strictest-desync-behind-http-api';
import { STRICTEST_DESYNC_MODE } from './strictest-desync-mode';
import { TARGET_NEEDS_NEWER_TLS } from './target-needs-newer-tls';
import { TARGET_SCHEME_MISMATCH } from './target-scheme-mismatch';
import { TLS_FLOOR_ABOVE_CLIENT } from './tls-floor-above-client';
import { TLS_INSPECTION_DROPS_CLIENT } from './tls-inspection-drops-client';
import { TLS_POLICY_OF_OTHER_ENDPOINT_TYPE } from './tls-policy-of-other-endpoint-type';
import { TLS_POLICY_WITHOUT_TLS13 } from './tls-policy-without-tls13';
import { TLS_SETTINGS_ON_HTTP_LISTENER } from './tls-settings-on-http-listener';
import { UNKNOWN_ALPN_POLICY } from './unknown-alpn-policy';
import { UNKNOWN_API_TLS_POLICY } from './unknown-api-tls-policy';
import { UNKNOWN_TLS_POLICY } from './unknown-tls-policy';
import { VIEWER_POLICY_NEEDS_SNI } from './viewer-policy-needs-sni';
import { VPC_LINK_V2_ON_WEB_SOCKET_API } from './vpc-link-v2-on-web-socket-api';
import { VPC_ORIGIN_TO_UNFIT_BALANCER } from './vpc-origin-to-unfit-balancer';
import { WAF_CHALLENGES_MACHINE_CLIENT } from './waf-challenges-machine-client';
import { WAF_ON_UNSUPPORTED_API } from './waf-on-unsupported-api';
import { WEAKER_DEFAULT_ENDPOINT } from './weaker-default-endpoint';
import { WEB_SOCKET_API_NOT_DEPLOYED } from './web-socket-api-not-deployed';
import { WEB_SOCKET_API_SHARES_DOMAIN } from './web-socket-api-shares-domain';
import { WEB_SOCKET_API_WITHOUT_MESSAGE_ROUTE } from './web-socket-api-without-message-route';
import { WEB_SOCKET_API_WITHOUT_STAGE_PATH } from './web-socket-api-without-stage-path';
import { WEB_SOCKET_AT_HTTP2_PORT } from './web-socket-at-http2-port';
import { WEB_SOCKET_AT_HTTP2_TARGET_GROUP } from './web-socket-at-http2-target-group';
import { WEB_SOCKET_AT_LAMBDA_TARGET } from './web-socket-at-lambda-target';
import { WEB_SOCKET_AT_TARGET_OPTIMIZER } from './web-socket-at-target-optimizer';
import { WEB_SOCKET_CLIENT_NEGOTIATES_HTTP2 } from './web-socket-client-negotiates-http2';
import { WEB_SOCKET_HEADERS_NOT_FORWARDED } from './web-socket-headers-not-forwarded';
import { WEB_SOCKET_SUBPROTOCOL_NOT_FORWARDED } from './web-socket-subprotocol-not-forwarded';

/** Every rule, by the name of its file. */
export const RULES: readonly Rule[] = [
  ALB_TARGET_NEEDS_TCP,
  ALB_TARGET_PORT_CLOSED,
  ALIAS_WITHOUT_CERTIFICATE,
  ALPN_SELECTS_HTTP2_BEFORE_HTTP1_SERVER,
  ALPN_WITHOUT_HTTP1,
  ALPN_WITHOUT_HTTP2,
  API_ON_UNFIT_DOMAIN,
  API_TLS_FLOOR_ABOVE_CLIENT,
  APP_MESH_ENDED,
  APP_SYNC_REALTIME_HOST,
  AUTHENTICATION_BEFORE_HANDSHAKE,
  BACKEND_ERRORS_MASKED,
  CLASSIC_BALANCER_WITHOUT_HTTP2,
  CLASSIC_BALANCER_WITHOUT_TLS13,
  CLEARTEXT_LISTENER_TO_HTTP2_TARGET_GROUP,
  CLEARTEXT_VIEWER_REFUSED,
  CONNECT_INTEGRATION_SEES_HANDSHAKE,
  DECLARATION_NOT_UNDERSTOOD,
  DEFAULT_ENDPOINT_DISABLED,
  DEPLOYMENT_BEFORE_ROUTES,
  EDGE_FUNCTION_SETS_FORBIDDEN_HEADER,
  ENDPOINT_ACCESS_MODE_MISMATCH,
  ERROR_PAGE_HIDES_FAILED_HANDSHAKE,
  FIXED_RESPONSE426,
  FLOW_IDLE_TIMEOUT_NOT_ABOVE_PING,
  FORWARDED_HOST_NOT_EXPECTED,
  GATEWAY_RESPONSE_HIDES_CAUSE,
  GATEWAY_RESPONSE426,
  GRPC_AT_HTTP1_TARGET_GROUP,
  GRPC_HEALTH_CHECK_PATH,
  GRPC_KEEPALIVE_DOES_NOT_COUNT,
  GRPC_NEEDS_HTTP2,
  GRPC_NEEDS_HTTPS_ORIGIN,
  GRPC_NEEDS_PLAIN_ORIGIN,
  GRPC_NOT_ENABLED,
  GRPC_WITHOUT_POST,
  HEADER_AUTHORIZATION_AT_CONNECT,
  HEALTH_CHECK_ACCEPTS426,
  HEALTH_CHECK_AT_WEB_SOCKET_ONLY_SERVER,
  HEALTH_CHECK_PROTOCOL_VERSION,
  HEALTH_CHECK_SCHEME_MISMATCH,
  HOP_IN_FRONT_DROPS_UPGRADE,
  HOP_IN_FRONT_REFUSES_HTTP10,
  HOP_IN_FRONT_TLS_VERSIONS,
  HOP_IN_FRONT_WITHOUT_HTTP2,
  HOP_IN_FRONT_WITHOUT_WEB_SOCKET,
  HOP_WITHOUT_GRPC,
  HOP_WITHOUT_WEB_SOCKET,
  HOST_NOT_FORWARDED,
  HTTP_API_NOT_DEPLOYED,
  HTTP_MATCHER_ON_GRPC_TARGET_GROUP,
  HTTP1_CLIENT_AT_HTTP2_TARGET_GROUP,
  HTTP1_SERVER_AT_HTTP2_TARGET_GROUP,
  HTTP10_AT_ENVOY_PORT,
  HTTP10_AT_HTTP11_SERVER,
  HTTP10_POST_REDIRECTED,
  HTTP2_DISABLED_BEFORE_HTTP2_TARGET_GROUP,
  HTTP2_NOT_OFFERED,
  HTTP2_ON_CLEARTEXT_LISTENER,
  HTTP2_SERVER_AT_HTTP1_TARGET_GROUP,
  HTTP3_WITH_VIEWER_MUTUAL_TLS,
  HTTP3_WITHOUT_HTTP2,
  IDLE_TIMEOUT_NOT_ABOVE_PING,
  INTEGRATION_PORT_CLOSED,
  INTEGRATION_SCHEME_MISMATCH,
  INTEGRATION_SERVER_MISMATCH,
  MATCHER_OUT_OF_RANGE,
  MINIMUM_PROTOCOL_VERSION_IGNORED,
  MIXED_FIPS_POLICIES,
  MIXED_PROTOCOL_VERSIONS,
  MUTUAL_TLS_ON_UNFIT_DOMAIN,
  NO_API_LOGS,
  NO_BALANCER_LOGS,
  NO_CLEARTEXT_AT_API,
  NO_CLIENT_CERTIFICATE_FOR_MUTUAL_TLS,
  NO_COMMON_TLS_VERSION,
  NO_DISTRIBUTION_LOGS,
  ORIGIN_CERTIFICATE_NAME,
  ORIGIN_MUTUAL_TLS_WITHOUT_WEB_SOCKET,
  ORIGIN_PORT_CLOSED,
  ORIGIN_REDIRECT_LOOP,
  ORIGIN_SCHEME_MISMATCH,
  ORIGIN_TLS_CEILING,
  ORIGIN_TLS_VERSIONS_NOT_SET,
  OUTDATED_TLS_ACCEPTED,
  OUTDATED_TLS_ON_API,
  OUTDATED_TLS_ON_DEFAULT_ENDPOINT,
  PATH_NOT_ROUTED,
  PLAIN_HTTP_AT_GRPC_TARGET_GROUP,
  PLAIN_HTTP_AT_WEB_SOCKET_ONLY_SERVER,
  POLLING_WITHOUT_STICKINESS,
  PRIVATE_API_FROM_OUTSIDE,
  PROXY_BEFORE_UNFIT_SERVER,
  PROXY_DROPS_UPGRADE,
  PROXY_REFUSES_CALLER,
  PROXY_SPEAKS_HTTP10,
  PROXY_TIMEOUT_NOT_ABOVE_PING,
  QUIC_LISTENER_REFUSED,
  REDIRECT_BEFORE_HANDSHAKE,
  REFERENCE_CYCLE,
  REFUSED_CLIENT_SERVED,
  ROUTE_WITHOUT_INTEGRATION,
  RULE_NEVER_REACHED,
  SERVER_NAME_NOT_ON_CERTIFICATE,
  SERVER_WITHOUT_PROTOCOL,
  STRICTEST_DESYNC_BEHIND_HTTP_API,
  STRICTEST_DESYNC_MODE,
  TARGET_NEEDS_NEWER_TLS,
  TARGET_SCHEME_MISMATCH,
  TLS_FLOOR_ABOVE_CLIENT,
  TLS_INSPECTION_DROPS_CLIENT,
  TLS_POLICY_OF_OTHER_ENDPOINT_TYPE,
  TLS_POLICY_WITHOUT_TLS13,
  TLS_SETTINGS_ON_HTTP_LISTENER,
  UNKNOWN_ALPN_POLICY,
  UNKNOWN_API_TLS_POLICY,
  UNKNOWN_TLS_POLICY,
  VIEWER_POLICY_NEEDS_SNI,
  VPC_LINK_V2_ON_WEB_SOCKET_API,
  VPC_ORIGIN_TO_UNFIT_BALANCER,
  WAF_CHALLENGES_MACHINE_CLIENT,
  WAF_ON_UNSUPPORTED_API,
  WEAKER_DEFAULT_ENDPOINT,
  WEB_SOCKET_API_NOT_DEPLOYED,
  WEB_SOCKET_API_SHARES_DOMAIN,
  WEB_SOCKET_API_WITHOUT_MESSAGE_ROUTE,
  WEB_SOCKET_API_WITHOUT_STAGE_PATH,
  WEB_SOCKET_AT_HTTP2_PORT,
  WEB_SOCKET_AT_HTTP2_TARGET_GROUP,
  WEB_SOCKET_AT_LAMBDA_TARGET,
  WEB_SOCKET_AT_TARGET_OPTIMIZER,
  WEB_SOCKET_CLIENT_NEGOTIATES_HTTP2,
  WEB_SOCKET_HEADERS_NOT_FORWARDED,
  WEB_SOCKET_SUBPROTOCOL_NOT_FORWARDED,
];
