/**
 * The variables that nginx and its own modules bring, in small letters as nginx keeps them. Those of NGINX Plus are among
 * them, and those of all versions. https://nginx.org/en/docs/varindex.html
 */
const builtIn: ReadonlySet<string> = new Set(
  `args binary_remote_addr body_bytes_sent bytes_sent connection connection_requests connection_time content_length
content_type document_root document_uri host hostname https is_args is_request_port limit_rate msec nginx_version pid pipe
query_string realpath_root remote_addr remote_port remote_user request request_body request_body_file request_completion
request_filename request_id request_length request_method request_port request_time request_uri scheme server_addr
server_name server_port server_protocol status time_iso8601 time_iso8601_ms time_local uri fastcgi_script_name
fastcgi_path_info gzip_ratio invalid_referer memcached_key proxy_host proxy_port proxy_add_x_forwarded_for
proxy_internal_body_length proxy_internal_chunked proxy_internal_connection proxy_internal_host realip_remote_addr
realip_remote_port secure_link secure_link_expires slice_range date_local date_gmt uid_got uid_reset uid_set http2 http3
spdy spdy_request_priority modern_browser ancient_browser msie protocol bytes_received session_time limit_conn_status
limit_req_status stub_status binary_remote_port`.split(/\s+/),
);

/**
 * What the names of whole families begin with: headers, cookies and arguments of a request, and what modules that may
 * grow or may be loaded bring. A name of a family counts as known.
 */
const families: readonly string[] = [
  ...['arg_', 'cookie_', 'http_', 'sent_http_', 'sent_trailer_', 'upstream_', 'proxy_protocol_', 'tcpinfo_'],
  ...[
    'ssl_',
    'connections_',
    'jwt_',
    'oidc_',
    'otel_',
    'acme_',
    'session_log_',
    'geoip_',
    'geoip2_',
    'secure_link_',
  ],
  // Modules of other makers, whose variables need no directive.
  ...[
    'echo_',
    'brotli_',
    'zstd_',
    'nchan_',
    'push_',
    'upload',
    'modsecurity',
    'passenger_',
    'opentracing_',
    'ja3_',
  ],
  ...[
    'ja4_',
    'testcookie_',
    'memc_',
    'redis_',
    'sticky_',
    'vts_',
    'vhost_traffic_status',
    'lua_',
    'wasm_',
    'spnego_',
  ],
  ...[
    'datadog_',
    'opentelemetry_',
    'jaeger_',
    'quic',
    'rtmp_',
    'vod_',
    'auth_',
    'acl_',
    'angie_',
    'p8s_',
    'proxy_auth_',
  ],
];

/** True for a variable, in small letters, that needs no directive to exist, or that belongs to such a family. */
export function isBuiltInVariable(name: string): boolean {
  return builtIn.has(name) || families.some((family) => name.startsWith(family));
}
