// Generated from the files of this folder: npx projen.

import { Rule } from '../rule';
import { ALIAS_WITHOUT_CERTIFICATE } from './alias-without-certificate';
import { AUTHENTICATION_BEFORE_HANDSHAKE } from './authentication-before-handshake';
import { CLEARTEXT_LISTENER_TO_HTTP2_TARGET_GROUP } from './cleartext-listener-to-http2-target-group';
import { CLEARTEXT_VIEWER_REFUSED } from './cleartext-viewer-refused';
import { DECLARATION_NOT_UNDERSTOOD } from './declaration-not-understood';
import { EDGE_FUNCTION_SETS_FORBIDDEN_HEADER } from './edge-function-sets-forbidden-header';
import { ERROR_PAGE_HIDES_FAILED_HANDSHAKE } from './error-page-hides-failed-handshake';
import { FIXED_RESPONSE426 } from './fixed-response426';
import { FORWARDED_HOST_NOT_EXPECTED } from './forwarded-host-not-expected';
import { GRPC_AT_HTTP1_TARGET_GROUP } from './grpc-at-http1-target-group';
import { GRPC_HEALTH_CHECK_PATH } from './grpc-health-check-path';
import { GRPC_NEEDS_HTTP2 } from './grpc-needs-http2';
import { GRPC_NEEDS_HTTPS_ORIGIN } from './grpc-needs-https-origin';
import { GRPC_NEEDS_PLAIN_ORIGIN } from './grpc-needs-plain-origin';
import { GRPC_NOT_ENABLED } from './grpc-not-enabled';
import { GRPC_WITHOUT_POST } from './grpc-without-post';
import { HEALTH_CHECK_ACCEPTS426 } from './health-check-accepts426';
import { HEALTH_CHECK_AT_WEB_SOCKET_ONLY_SERVER } from './health-check-at-web-socket-only-server';
import { HEALTH_CHECK_PROTOCOL_VERSION } from './health-check-protocol-version';
import { HEALTH_CHECK_SCHEME_MISMATCH } from './health-check-scheme-mismatch';
import { HOP_WITHOUT_WEB_SOCKET } from './hop-without-web-socket';
import { HOST_NOT_FORWARDED } from './host-not-forwarded';
import { HTTP_MATCHER_ON_GRPC_TARGET_GROUP } from './http-matcher-on-grpc-target-group';
import { HTTP1_CLIENT_AT_HTTP2_TARGET_GROUP } from './http1-client-at-http2-target-group';
import { HTTP1_SERVER_AT_HTTP2_TARGET_GROUP } from './http1-server-at-http2-target-group';
import { HTTP10_POST_REDIRECTED } from './http10-post-redirected';
import { HTTP2_DISABLED_BEFORE_HTTP2_TARGET_GROUP } from './http2-disabled-before-http2-target-group';
import { HTTP2_NOT_OFFERED } from './http2-not-offered';
import { HTTP2_ON_CLEARTEXT_LISTENER } from './http2-on-cleartext-listener';
import { HTTP2_SERVER_AT_HTTP1_TARGET_GROUP } from './http2-server-at-http1-target-group';
import { HTTP3_WITH_VIEWER_MUTUAL_TLS } from './http3-with-viewer-mutual-tls';
import { HTTP3_WITHOUT_HTTP2 } from './http3-without-http2';
import { IDLE_TIMEOUT_NOT_ABOVE_PING } from './idle-timeout-not-above-ping';
import { MINIMUM_PROTOCOL_VERSION_IGNORED } from './minimum-protocol-version-ignored';
import { MIXED_FIPS_POLICIES } from './mixed-fips-policies';
import { MIXED_PROTOCOL_VERSIONS } from './mixed-protocol-versions';
import { NO_BALANCER_LOGS } from './no-balancer-logs';
import { NO_CLIENT_CERTIFICATE_FOR_MUTUAL_TLS } from './no-client-certificate-for-mutual-tls';
import { NO_COMMON_TLS_VERSION } from './no-common-tls-version';
import { NO_DISTRIBUTION_LOGS } from './no-distribution-logs';
import { ORIGIN_CERTIFICATE_NAME } from './origin-certificate-name';
import { ORIGIN_MUTUAL_TLS_WITHOUT_WEB_SOCKET } from './origin-mutual-tls-without-web-socket';
import { ORIGIN_PORT_CLOSED } from './origin-port-closed';
import { ORIGIN_REDIRECT_LOOP } from './origin-redirect-loop';
import { ORIGIN_SCHEME_MISMATCH } from './origin-scheme-mismatch';
import { ORIGIN_TLS_CEILING } from './origin-tls-ceiling';
import { OUTDATED_TLS_ACCEPTED } from './outdated-tls-accepted';
import { PATH_NOT_ROUTED } from './path-not-routed';
import { PLAIN_HTTP_AT_GRPC_TARGET_GROUP } from './plain-http-at-grpc-target-group';
import { PLAIN_HTTP_AT_WEB_SOCKET_ONLY_SERVER } from './plain-http-at-web-socket-only-server';
import { POLLING_WITHOUT_STICKINESS } from './polling-without-stickiness';
import { REDIRECT_BEFORE_HANDSHAKE } from './redirect-before-handshake';
import { REFERENCE_CYCLE } from './reference-cycle';
import { RULE_NEVER_REACHED } from './rule-never-reached';
import { SERVER_WITHOUT_PROTOCOL } from './server-without-protocol';
import { TARGET_NEEDS_NEWER_TLS } from './target-needs-newer-tls';
import { TARGET_SCHEME_MISMATCH } from './target-scheme-mismatch';
import { TLS_FLOOR_ABOVE_CLIENT } from './tls-floor-above-client';
import { TLS_POLICY_WITHOUT_TLS13 } from './tls-policy-without-tls13';
import { TLS_SETTINGS_ON_HTTP_LISTENER } from './tls-settings-on-http-listener';
import { UNKNOWN_TLS_POLICY } from './unknown-tls-policy';
import { VIEWER_POLICY_NEEDS_SNI } from './viewer-policy-needs-sni';
import { WEB_SOCKET_AT_HTTP2_TARGET_GROUP } from './web-socket-at-http2-target-group';
import { WEB_SOCKET_AT_LAMBDA_TARGET } from './web-socket-at-lambda-target';
import { WEB_SOCKET_AT_TARGET_OPTIMIZER } from './web-socket-at-target-optimizer';
import { WEB_SOCKET_CLIENT_NEGOTIATES_HTTP2 } from './web-socket-client-negotiates-http2';
import { WEB_SOCKET_HEADERS_NOT_FORWARDED } from './web-socket-headers-not-forwarded';

/** Every rule, by the name of its file. */
export const RULES: readonly Rule[] = [
  ALIAS_WITHOUT_CERTIFICATE,
  AUTHENTICATION_BEFORE_HANDSHAKE,
  CLEARTEXT_LISTENER_TO_HTTP2_TARGET_GROUP,
  CLEARTEXT_VIEWER_REFUSED,
  DECLARATION_NOT_UNDERSTOOD,
  EDGE_FUNCTION_SETS_FORBIDDEN_HEADER,
  ERROR_PAGE_HIDES_FAILED_HANDSHAKE,
  FIXED_RESPONSE426,
  FORWARDED_HOST_NOT_EXPECTED,
  GRPC_AT_HTTP1_TARGET_GROUP,
  GRPC_HEALTH_CHECK_PATH,
  GRPC_NEEDS_HTTP2,
  GRPC_NEEDS_HTTPS_ORIGIN,
  GRPC_NEEDS_PLAIN_ORIGIN,
  GRPC_NOT_ENABLED,
  GRPC_WITHOUT_POST,
  HEALTH_CHECK_ACCEPTS426,
  HEALTH_CHECK_AT_WEB_SOCKET_ONLY_SERVER,
  HEALTH_CHECK_PROTOCOL_VERSION,
  HEALTH_CHECK_SCHEME_MISMATCH,
  HOP_WITHOUT_WEB_SOCKET,
  HOST_NOT_FORWARDED,
  HTTP_MATCHER_ON_GRPC_TARGET_GROUP,
  HTTP1_CLIENT_AT_HTTP2_TARGET_GROUP,
  HTTP1_SERVER_AT_HTTP2_TARGET_GROUP,
  HTTP10_POST_REDIRECTED,
  HTTP2_DISABLED_BEFORE_HTTP2_TARGET_GROUP,
  HTTP2_NOT_OFFERED,
  HTTP2_ON_CLEARTEXT_LISTENER,
  HTTP2_SERVER_AT_HTTP1_TARGET_GROUP,
  HTTP3_WITH_VIEWER_MUTUAL_TLS,
  HTTP3_WITHOUT_HTTP2,
  IDLE_TIMEOUT_NOT_ABOVE_PING,
  MINIMUM_PROTOCOL_VERSION_IGNORED,
  MIXED_FIPS_POLICIES,
  MIXED_PROTOCOL_VERSIONS,
  NO_BALANCER_LOGS,
  NO_CLIENT_CERTIFICATE_FOR_MUTUAL_TLS,
  NO_COMMON_TLS_VERSION,
  NO_DISTRIBUTION_LOGS,
  ORIGIN_CERTIFICATE_NAME,
  ORIGIN_MUTUAL_TLS_WITHOUT_WEB_SOCKET,
  ORIGIN_PORT_CLOSED,
  ORIGIN_REDIRECT_LOOP,
  ORIGIN_SCHEME_MISMATCH,
  ORIGIN_TLS_CEILING,
  OUTDATED_TLS_ACCEPTED,
  PATH_NOT_ROUTED,
  PLAIN_HTTP_AT_GRPC_TARGET_GROUP,
  PLAIN_HTTP_AT_WEB_SOCKET_ONLY_SERVER,
  POLLING_WITHOUT_STICKINESS,
  REDIRECT_BEFORE_HANDSHAKE,
  REFERENCE_CYCLE,
  RULE_NEVER_REACHED,
  SERVER_WITHOUT_PROTOCOL,
  TARGET_NEEDS_NEWER_TLS,
  TARGET_SCHEME_MISMATCH,
  TLS_FLOOR_ABOVE_CLIENT,
  TLS_POLICY_WITHOUT_TLS13,
  TLS_SETTINGS_ON_HTTP_LISTENER,
  UNKNOWN_TLS_POLICY,
  VIEWER_POLICY_NEEDS_SNI,
  WEB_SOCKET_AT_HTTP2_TARGET_GROUP,
  WEB_SOCKET_AT_LAMBDA_TARGET,
  WEB_SOCKET_AT_TARGET_OPTIMIZER,
  WEB_SOCKET_CLIENT_NEGOTIATES_HTTP2,
  WEB_SOCKET_HEADERS_NOT_FORWARDED,
];
