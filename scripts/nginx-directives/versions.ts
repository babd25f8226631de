/**
 * The nginx version a directive first came with (in one family of modules, where one is named), from nginx's CHANGES (https://nginx.org/en/CHANGES). Only
 * directives young enough to be missing from an nginx that is still in use.
 */
export const INTRODUCED: Readonly<Record<string, string>> = {
  absolute_redirect: '1.11.8',
  auth_delay: '1.17.10',
  early_hints: '1.29.0',
  add_header_inherit: '1.29.3',
  add_trailer_inherit: '1.29.3',
  grpc_ssl_certificate_cache: '1.27.4',
  grpc_ssl_conf_command: '1.19.4',
  http2: '1.25.1',
  http3: '1.25.0',
  http3_hq: '1.25.0',
  http3_max_concurrent_streams: '1.25.0',
  http3_stream_buffer_size: '1.25.0',
  keepalive_min_timeout: '1.27.4',
  keepalive_time: '1.19.10',
  limit_conn_dry_run: '1.17.6',
  limit_req_dry_run: '1.17.1',
  max_errors: '1.21.0',
  mp4_start_key_frame: '1.21.4',
  'stream/pass': '1.25.5',
  'stream/server_name': '1.25.5',
  'stream/server_names_hash_bucket_size': '1.25.5',
  'stream/server_names_hash_max_size': '1.25.5',
  'stream/ssl_ocsp': '1.27.2',
  'stream/ssl_ocsp_cache': '1.27.2',
  'stream/ssl_ocsp_responder': '1.27.2',
  'stream/ssl_reject_handshake': '1.25.5',
  'stream/ssl_stapling': '1.27.2',
  'stream/ssl_stapling_file': '1.27.2',
  'stream/ssl_stapling_responder': '1.27.2',
  'stream/ssl_stapling_verify': '1.27.2',
  proxy_cookie_flags: '1.19.3',
  proxy_half_close: '1.21.4',
  proxy_pass_trailers: '1.27.2',
  proxy_ssl_certificate_cache: '1.27.4',
  proxy_ssl_conf_command: '1.19.4',
  quic_active_connection_id_limit: '1.25.0',
  quic_bpf: '1.25.0',
  quic_gso: '1.25.0',
  quic_host_key: '1.25.0',
  quic_retry: '1.25.0',
  ssl_alpn: '1.21.4',
  ssl_certificate_cache: '1.27.4',
  ssl_certificate_compression: '1.29.1',
  ssl_conf_command: '1.19.4',
  ssl_ech_file: '1.29.4',
  ssl_object_cache_inheritable: '1.27.4',
  ssl_ocsp: '1.19.0',
  ssl_ocsp_cache: '1.19.0',
  ssl_ocsp_responder: '1.19.0',
  ssl_reject_handshake: '1.19.4',
  userid_flags: '1.19.3',
  uwsgi_ssl_certificate_cache: '1.27.4',
  uwsgi_ssl_conf_command: '1.19.4',
};

/** The nginx version that no longer knows a directive. */
export const REMOVED: Readonly<Record<string, string>> = {
  limit_zone: '1.7.6',
  ssl: '1.25.1',
};

/**
 * Directives that nginx refuses twice only after certain arguments, or only in some versions: `proxy_redirect off`
 * stands alone, `limit_req` may not name one zone twice, HTTP/2 push is ignored since 1.25.1.
 */
export const SOMETIMES_REFUSED_TWICE: ReadonlySet<string> = new Set([
  'http2_max_concurrent_pushes',
  'http2_push',
  'http2_push_preload',
  'limit_req',
  'proxy_cookie_domain',
  'proxy_cookie_flags',
  'proxy_cookie_path',
  'proxy_redirect',
]);

/** The official modules that distributions build as dynamic ones, and whole families of them. */
export const DYNAMIC_MODULES: ReadonlySet<string> = new Set([
  'ngx_google_perftools_module',
  'ngx_http_acme_module',
  'ngx_http_geoip_module',
  'ngx_http_image_filter_module',
  'ngx_http_js_module',
  'ngx_http_perl_module',
  'ngx_http_xslt_module',
  'ngx_otel_module',
  'ngx_stream_js_module',
]);

/** Modules of other makers whose directives the facts hold, and where those are described. */
export const THIRD_PARTY: Readonly<Record<string, { readonly module: string; readonly url: string }>> = {
  lua: { module: 'ngx_http_lua_module', url: 'https://github.com/openresty/lua-nginx-module' },
  'headers-more': {
    module: 'ngx_http_headers_more_filter_module',
    url: 'https://github.com/openresty/headers-more-nginx-module',
  },
  geoip2: { module: 'ngx_http_geoip2_module', url: 'https://github.com/leev/ngx_http_geoip2_module' },
};
