import type { Contents, Statement } from '../syntax/nginx/statement.ts';

/**
 * Where a file belongs that stands alone: in which block some nginx.conf would include it. `any` holds only directives that several
 * blocks allow (`fastcgi_param`, `add_header`, ...); `unknown` holds none that tells: lines of a `map`, of `types`.
 */
export type SiteContext = 'main' | 'http' | 'stream' | 'upstream' | 'server' | 'location' | 'any' | 'unknown';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Directives that stand only in the main context. https://nginx.org/en/docs/ngx_core_module.html */
const MAIN =
  words(`events http stream mail rtmp daemon debug_points env load_module lock_file master_process pcre_jit pid
  ssl_engine thread_pool timer_resolution user worker_cpu_affinity worker_priority worker_processes worker_rlimit_core
  worker_rlimit_nofile worker_shutdown_timeout working_directory`);

/** Directives that stand only directly in `http`, and in no block of it. https://nginx.org/en/docs/dirindex.html */
const HTTP =
  words(`upstream map geo geoip2 split_clients limit_req_zone limit_conn_zone proxy_cache_path fastcgi_cache_path
  scgi_cache_path uwsgi_cache_path log_format server_names_hash_bucket_size server_names_hash_max_size map_hash_bucket_size
  map_hash_max_size variables_hash_bucket_size variables_hash_max_size perl_modules js_import lua_package_path
  lua_package_cpath lua_shared_dict init_by_lua_block init_worker_by_lua_block match geoip_country geoip_city
  passenger_root charset_map`);

/** Directives that stand in `server` and no block within. https://nginx.org/en/docs/http/ngx_http_core_module.html */
const SERVER = words('location listen server_name');

/** Directives that stand only in `location`, or in an `if` there. */
const LOCATION = words(
  'proxy_pass fastcgi_pass uwsgi_pass scgi_pass grpc_pass memcached_pass alias internal stub_status',
);

/** Directives that stand only in `upstream`. https://nginx.org/en/docs/http/ngx_http_upstream_module.html */
const UPSTREAM = words('ip_hash least_conn random hash least_time fair keepalive zone queue sticky');

/** Directives that `http`, `server` and `location` all allow and that files hold to be included in any of them. */
const ANY =
  words(`add_header auth_basic auth_basic_user_file allow deny access_log error_log client_max_body_size charset
  error_page expires fastcgi_param fastcgi_index fastcgi_split_path_info fastcgi_buffers fastcgi_buffer_size
  fastcgi_read_timeout gzip gzip_types gzip_vary gzip_comp_level if index proxy_set_header proxy_http_version proxy_buffering
  proxy_read_timeout proxy_connect_timeout proxy_redirect return rewrite root scgi_param set set_real_ip_from
  real_ip_header sendfile server_tokens ssl_certificate ssl_certificate_key ssl_ciphers ssl_dhparam ssl_protocols
  ssl_session_cache ssl_session_timeout ssl_prefer_server_ciphers try_files types uwsgi_param resolver include keepalive_timeout`);

/** A `server` of `stream` passes on by itself; one of `http` needs a `location` for it. */
function isStreamServer({ contents }: Statement): boolean {
  const block = contents?.statements ?? [];
  return block.some(({ name }) => name === 'proxy_pass') && !block.some(({ name }) => name === 'location');
}

function contextOf(statement: Statement): SiteContext {
  const { name, contents } = statement;
  if (name === 'server') {
    if (!contents) return 'upstream';
    return isStreamServer(statement) ? 'stream' : 'http';
  }
  if (MAIN.has(name)) return 'main';
  if (HTTP.has(name)) return 'http';
  if (SERVER.has(name)) return 'server';
  if (LOCATION.has(name)) return 'location';
  if (UPSTREAM.has(name)) return 'upstream';
  return ANY.has(name) ? 'any' : 'unknown';
}

/** From the outside in: what needs the outermost block decides for the file. */
const ORDER: readonly SiteContext[] = [
  'main',
  'http',
  'stream',
  'server',
  'location',
  'upstream',
  'any',
  'unknown',
];

/** True for the directives by which a file is told to be nginx's. */
export function isTellingDirective(name: string): boolean {
  return name === 'server' || [MAIN, HTTP, SERVER, LOCATION, UPSTREAM, ANY].some((names) => names.has(name));
}

/** Guesses from its outermost directives where a file belongs. */
export function guessContext({ statements }: Contents): SiteContext {
  const found = new Set(statements.map(contextOf));
  return ORDER.find((context) => found.has(context)) ?? 'unknown';
}
