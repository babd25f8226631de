import { baseName } from '../path-parts.ts';

/** A module of another maker, known by the beginnings of its directives' names or by the whole names. */
interface ThirdParty {
  readonly module: string;
  readonly prefixes: readonly string[];
  readonly names?: readonly string[];
}

/**
 * Modules of other makers that the directive table does not hold. Their directives are no misspellings, whatever
 * they look like. Names from the modules' own documentation.
 */
const THIRD_PARTY: readonly ThirdParty[] = [
  { module: 'ngx_brotli', prefixes: ['brotli'] },
  { module: 'zstd-nginx-module', prefixes: ['zstd'] },
  { module: 'nginx-module-vts', prefixes: ['vhost_traffic_status'] },
  { module: 'nginx-module-sts', prefixes: ['server_traffic_status', 'stream_server_traffic_status'] },
  { module: 'ModSecurity-nginx', prefixes: ['modsecurity'] },
  {
    module: 'naxsi',
    prefixes: ['naxsi_'],
    names: [
      ...['MainRule', 'BasicRule', 'CheckRule', 'LearningMode', 'SecRulesEnabled', 'SecRulesDisabled'],
      ...['DeniedUrl', 'LibInjectionSql', 'LibInjectionXss', 'IgnoreIP', 'IgnoreCIDR'],
      ...[
        'main_rule',
        'basic_rule',
        'check_rule',
        'learning_mode',
        'rules_enabled',
        'rules_disabled',
        'denied_url',
      ],
    ],
  },
  {
    module: 'ngx_cache_purge',
    prefixes: [
      'cache_purge_',
      'proxy_cache_purge',
      'fastcgi_cache_purge',
      'scgi_cache_purge',
      'uwsgi_cache_purge',
    ],
  },
  { module: 'ngx-fancyindex', prefixes: ['fancyindex'] },
  { module: 'passenger', prefixes: ['passenger', 'rails_'] },
  { module: 'ngx_pagespeed', prefixes: ['pagespeed', 'ModPagespeed'] },
  { module: 'echo-nginx-module', prefixes: ['echo'] },
  {
    module: 'set-misc-nginx-module',
    prefixes: [
      ...[
        'set_if_empty',
        'set_quote_',
        'set_unescape_',
        'set_escape_',
        'set_hash',
        'set_encode_',
        'set_decode_',
      ],
      ...['set_base32_', 'set_md5', 'set_sha1', 'set_hmac_', 'set_random', 'set_secure_random', 'set_rotate'],
      ...['set_local_today', 'set_formatted_'],
    ],
  },
  { module: 'nginx-dav-ext-module', prefixes: ['dav_ext'] },
  { module: 'ngx_http_substitutions_filter_module', prefixes: ['subs_filter'] },
  { module: 'ngx_http_auth_pam_module', prefixes: ['auth_pam'] },
  { module: 'nginx-auth-ldap', prefixes: ['auth_ldap', 'ldap_server'] },
  { module: 'spnego-http-auth-nginx-module', prefixes: ['auth_gss'] },
  { module: 'nginx-upstream-fair', prefixes: ['upstream_fair'], names: ['fair'] },
  { module: 'nginx_upstream_check_module', prefixes: ['check_'], names: ['check'] },
  { module: 'nginx-upstream-dynamic-servers', prefixes: ['upsync', 'jdomain', 'dynamic_'] },
  {
    module: 'nginx-rtmp-module',
    prefixes: ['rtmp', 'hls_', 'dash_', 'exec_', 'push_'],
    names: ['application', 'live', 'record'],
  },
  { module: 'nginx-push-stream-module', prefixes: ['push_stream'] },
  { module: 'nchan', prefixes: ['nchan', 'push_'] },
  { module: 'nginx-upload-module', prefixes: ['upload'] },
  {
    module: 'nginx-upload-progress-module',
    prefixes: ['upload_progress', 'track_uploads', 'report_uploads'],
  },
  { module: 'redis2-nginx-module', prefixes: ['redis'] },
  { module: 'srcache-nginx-module', prefixes: ['srcache'] },
  { module: 'memc-nginx-module', prefixes: ['memc_'] },
  { module: 'ngx_postgres', prefixes: ['postgres', 'drizzle', 'rds_', 'eval'] },
  { module: 'ngx_mruby', prefixes: ['mruby'] },
  { module: 'nginx_ajp_module', prefixes: ['ajp_'] },
  { module: 'nginx-cgi', prefixes: ['cgi'] },
  { module: 'ngx_slab_stat', prefixes: ['slab_stat'] },
  { module: 'encrypted-session-nginx-module', prefixes: ['encrypted_session'] },
  { module: 'testcookie-nginx-module', prefixes: ['testcookie'] },
  { module: 'nginx-vod-module', prefixes: ['vod'] },
  { module: 'nginx-sysguard', prefixes: ['sysguard'] },
  { module: 'ngx_security_headers', prefixes: ['security_headers', 'hide_server_tokens'] },
  { module: 'nginx_cookie_flag_module', prefixes: ['set_cookie_flag', 'proxy_cookie_flag_'] },
  { module: 'nginx-phantom-token-module', prefixes: ['phantom_token'] },
  { module: 'dynamic TLS records patch', prefixes: ['ssl_dyn_rec'] },
  { module: 'nginx-length-hiding-filter', prefixes: ['length_hiding'] },
  { module: 'ngx_slowfs_cache', prefixes: ['slowfs'] },
  { module: 'ngx_http_concat', prefixes: ['concat'] },
  { module: 'traffic-accounting-nginx-module', prefixes: ['accounting'] },
  { module: 'nginx-opentracing', prefixes: ['opentracing', 'opentelemetry', 'jaeger', 'zipkin', 'datadog'] },
  { module: 'ngx_wasm', prefixes: ['wasm', 'proxy_wasm'] },
];

function entryOf(name: string): ThirdParty | undefined {
  return THIRD_PARTY.find(
    ({ prefixes, names }) => names?.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)),
  );
}

/** The module of another maker that a directive's name belongs to, as far as its name tells. */
export function thirdPartyModuleOf(name: string): string | undefined {
  return entryOf(name)?.module;
}

/**
 * Whether one of the loaded files is that of the module. They are named by what their directives begin with:
 * `ngx_http_brotli_filter_module.so`, `ngx_http_cache_purge_module.so`, `ngx_http_naxsi_module.so`.
 */
export function isThirdPartyLoaded(name: string, loaded: readonly string[]): boolean {
  const entry = entryOf(name);
  if (!entry) return false;
  const stems = [entry.module, ...entry.prefixes].map((word) => word.toLowerCase().replace(/_$/, ''));
  return loaded.some((path) => {
    const file = baseName(path);
    return stems.some((stem) => file.includes(stem));
  });
}
