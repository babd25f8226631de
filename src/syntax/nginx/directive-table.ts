// Written by scripts/nginx-directives/generate.ts; do not edit.
//
// Contexts and numbers of arguments: nginx's command tables by way of nginx-go-crossplane (Apache-2.0, F5, Inc.).
// Modules, documentation addresses and words: @nginx/reference-lib (Apache-2.0, F5, Inc.).
// Kinds of values and `once`: asked of nginx 1.22.1.

/**
 * What nginx knows of its directives, one form a line: name, contexts (letters), number of arguments (`{` for a
 * block), then what nginx makes of the value (`flag`, `size`, ..., `=` and the words it may be), `once` where it
 * refuses a second statement, `>` and the version it came with, `<` and the version it went with. A line with `@`
 * names the module of the lines below it, how it gets into nginx, and where it is
 * documented where that is not on nginx.org.
 */
export const DIRECTIVE_TABLE = `
@ngx_core_module built-in
accept_mutex e 1 flag once
accept_mutex_delay e 1 msec once
daemon m 1 flag once
debug_connection e 1
debug_points m 1 =abort,stop once
env m 1
error_log MN 1+
error_log SV 1+
error_log hsl 1+
error_log m 1+
events m 0{
include * 1
load_module m 1
lock_file m 1 once
master_process m 1 flag once
multi_accept e 1 flag once
pcre_jit m 1 flag once
pid m 1 once
ssl_engine m 1
ssl_object_cache_inheritable m 1 flag once >1.27.4
thread_pool m 2-3
timer_resolution m 1 msec once
use e 1 once
user m 1-2 once
worker_aio_requests e 1 number once
worker_connections e 1 once
worker_cpu_affinity m 1+ once
worker_priority m 1
worker_processes m 1 once
worker_rlimit_core m 1 offset once
worker_rlimit_nofile m 1 number once
worker_shutdown_timeout m 1 msec once
working_directory m 1 once
@ngx_core_module plus
stall_threshold e 0+
@ngx_google_perftools_module dynamic
google_perftools_profiles m 1
@ngx_http_access_module built-in
allow hslx 1
deny hslx 1
@ngx_http_acme_module dynamic
accept_terms_of_service o 0+
account_key o 0+
acme_certificate s 0+
acme_issuer h 0+{
acme_shared_zone h 0+
challenge o 0+
common_name_in_csr o 0+
contact o 0+
external_account_key o 0+
preferred_chain o 0+
profile o 0+
ssl_verify o 0+
state_path o 0+
uri o 0+
@ngx_http_addition_module built-in
add_after_body hsl 1 once
add_before_body hsl 1 once
addition_types hsl 1+
@ngx_http_api_module plus
api l 0+
status_zone slj 0+
@ngx_http_auth_basic_module built-in
auth_basic hslx 1 once
auth_basic_user_file hslx 1 once
@ngx_http_auth_jwt_module plus
auth_jwt hslx 0+
auth_jwt_claim_set h 0+
auth_jwt_header_set h 0+
auth_jwt_key_cache hsl 0+
auth_jwt_key_file hslx 0+
auth_jwt_key_request hslx 0+
auth_jwt_leeway hsl 0+
auth_jwt_require hslx 0+
auth_jwt_type hslx 0+
@ngx_http_auth_request_module built-in
auth_request hsl 1 once
auth_request_set hsl 2
@ngx_http_auth_require_module plus
auth_require hslx 0+
@ngx_http_autoindex_module built-in
autoindex hsl 1 flag once
autoindex_exact_size hsl 1 flag once
autoindex_format hsl 1 =html,xml,json,jsonp once
autoindex_localtime hsl 1 flag once
@ngx_http_browser_module built-in
ancient_browser hsl 1+
ancient_browser_value hsl 1
modern_browser hsl 1-2
modern_browser_value hsl 1
@ngx_http_charset_module built-in
charset hslj 1 once
charset_map h 2{
charset_types hsl 1+
override_charset hslj 1 flag once
source_charset hslj 1 once
@ngx_http_core_module built-in
absolute_redirect hsl 1 flag once >1.11.8
aio hsl 1 once
aio_write hsl 1 flag once
alias l 1 once
auth_delay hsl 1 msec once >1.17.10
chunked_transfer_encoding hsl 1 flag once
client_body_buffer_size hsl 1 size once
client_body_in_file_only hsl 1 =on,clean,off once
client_body_in_single_buffer hsl 1 flag once
client_body_temp_path hsl 1-4 once
client_body_timeout hsl 1 msec once
client_header_buffer_size hs 1 size once
client_header_timeout hs 1 msec once
client_max_body_size hsl 1 offset once
connection_pool_size hs 1 size once
default_type hsl 1 once
directio hsl 1 once
directio_alignment hsl 1 offset once
disable_symlinks hsl 1-2 once
early_hints hsl 1+ >1.29.0
error_page hslj 2+
etag hsl 1 flag once
http m 0{
if_modified_since hsl 1 =off,exact,before once
ignore_invalid_headers hs 1 flag once
internal l 0 once
keepalive_disable hsl 1-2
keepalive_min_timeout hsl 1 >1.27.4
keepalive_requests hsl 1 number once
keepalive_time hsl 1 msec once >1.19.10
keepalive_timeout hsl 1-2 msec once
large_client_header_buffers hs 2 once
limit_except l 1+{
limit_rate hslj 1 once
limit_rate_after hslj 1 once
lingering_close hsl 1 =off,on,always once
lingering_time hsl 1 msec once
lingering_timeout hsl 1 msec once
listen s 1+
location sl 1-2{
log_not_found hsl 1 flag once
log_subrequest hsl 1 flag once
max_headers hs 1 number once
max_ranges hsl 1 number once
merge_slashes hs 1 flag once
msie_padding hsl 1 flag once
msie_refresh hsl 1 flag once
open_file_cache hsl 1-2 once
open_file_cache_errors hsl 1 flag once
open_file_cache_min_uses hsl 1 number once
open_file_cache_valid hsl 1 sec once
output_buffers hsl 2 once
port_in_redirect hsl 1 flag once
postpone_output hsl 1 size once
read_ahead hsl 1 size once
recursive_error_pages hsl 1 flag once
request_pool_size hs 1 size once
reset_timedout_connection hsl 1 flag once
resolver hsl 1+ once
resolver_timeout hsl 1 msec once
root hslj 1 once
satisfy hsl 1 =all,any once
send_lowat hsl 1 size once
send_timeout hsl 1 msec once
sendfile hslj 1 flag once
sendfile_max_chunk hsl 1 size once
server h 0{
server_name s 1+
server_name_in_redirect hsl 1 flag once
server_names_hash_bucket_size h 1 number once
server_names_hash_max_size h 1 number once
server_tokens hsl 1 once
subrequest_output_buffer_size hsl 1 size once
tcp_nodelay hsl 1 flag once
tcp_nopush hsl 1 flag once
try_files sl 2+ once
types hsl 0{
types_hash_bucket_size hsl 1 number once
types_hash_max_size hsl 1 number once
underscores_in_headers hs 1 flag once
variables_hash_bucket_size h 1 number once
variables_hash_max_size h 1 number once
@ngx_http_core_module plus
error_log_tag hsl 0+
@ngx_http_dav_module built-in
create_full_put_path hsl 1 flag once
dav_access hsl 1-3 once
dav_methods hsl 1+
min_delete_depth hsl 1 number once
@ngx_http_empty_gif_module built-in
empty_gif l 0
@ngx_http_f4f_module plus
f4f l 0+
f4f_buffer_size hsl 0+
@ngx_http_fastcgi_module built-in
fastcgi_bind hsl 1-2 once
fastcgi_buffer_size hsl 1 size once
fastcgi_buffering hsl 1 flag once
fastcgi_buffers hsl 2 once
fastcgi_busy_buffers_size hsl 1 size once
fastcgi_cache hsl 1 once
fastcgi_cache_background_update hsl 1 flag once
fastcgi_cache_bypass hsl 1+
fastcgi_cache_key hsl 1 once
fastcgi_cache_lock hsl 1 flag once
fastcgi_cache_lock_age hsl 1 msec once
fastcgi_cache_lock_timeout hsl 1 msec once
fastcgi_cache_max_range_offset hsl 1 offset once
fastcgi_cache_methods hsl 1+ =GET,HEAD,POST
fastcgi_cache_min_uses hsl 1 number once
fastcgi_cache_path h 2+
fastcgi_cache_revalidate hsl 1 flag once
fastcgi_cache_use_stale hsl 1+ =error,timeout,invalid_header,updating,http_500,http_503,http_403,http_404,http_429,off
fastcgi_cache_valid hsl 1+
fastcgi_catch_stderr hsl 1
fastcgi_connect_timeout hsl 1 msec once
fastcgi_force_ranges hsl 1 flag once
fastcgi_hide_header hsl 1
fastcgi_ignore_client_abort hsl 1 flag once
fastcgi_ignore_headers hsl 1+
fastcgi_index hsl 1 once
fastcgi_intercept_errors hsl 1 flag once
fastcgi_keep_conn hsl 1 flag once
fastcgi_limit_rate hsl 1 once
fastcgi_max_temp_file_size hsl 1 size once
fastcgi_next_upstream hsl 1+ =error,timeout,denied,invalid_header,http_500,http_503,http_403,http_404,http_429,non_idempotent,off
fastcgi_next_upstream_timeout hsl 1 msec once
fastcgi_next_upstream_tries hsl 1 number once
fastcgi_no_cache hsl 1+
fastcgi_param hsl 2-3
fastcgi_pass lj 1 once
fastcgi_pass_header hsl 1
fastcgi_pass_request_body hsl 1 flag once
fastcgi_pass_request_headers hsl 1 flag once
fastcgi_read_timeout hsl 1 msec once
fastcgi_request_buffering hsl 1 flag once
fastcgi_send_lowat hsl 1 size once
fastcgi_send_timeout hsl 1 msec once
fastcgi_socket_keepalive hsl 1 flag once
fastcgi_split_path_info hsl 1
fastcgi_store hsl 1 once
fastcgi_store_access hsl 1-3 once
fastcgi_temp_file_write_size hsl 1 size once
fastcgi_temp_path hsl 1-4 once
@ngx_http_fastcgi_module plus
fastcgi_allow_upstream hsl 0+
fastcgi_bind_dynamic hsl 0+
fastcgi_cache_purge hsl 0+
fastcgi_request_dynamic hsl 0+
fastcgi_socket_rcvbuf hsl 0+
fastcgi_socket_sndbuf hsl 0+
@ngx_http_flv_module built-in
flv l 0
@ngx_http_geo_module built-in
geo h 1-2{
@ngx_http_geoip2_module third-party https://github.com/leev/ngx_http_geoip2_module
geoip2 S 1{
geoip2 h 1{
geoip2_proxy h 1
geoip2_proxy_recursive h 1 flag
@ngx_http_geoip_module dynamic
geoip_city h 1-2
geoip_country h 1-2
geoip_org h 1-2
geoip_proxy h 1
geoip_proxy_recursive h 1 flag once
@ngx_http_grpc_module built-in
grpc_bind hsl 1-2 once
grpc_buffer_size hsl 1 size once
grpc_connect_timeout hsl 1 msec once
grpc_hide_header hsl 1
grpc_ignore_headers hsl 1+
grpc_intercept_errors hsl 1 flag once
grpc_next_upstream hsl 1+ =error,timeout,denied,invalid_header,http_500,http_502,http_503,http_504,http_403,http_404,http_429,non_idempotent,off
grpc_next_upstream_timeout hsl 1 msec once
grpc_next_upstream_tries hsl 1 number once
grpc_pass lj 1 once
grpc_pass_header hsl 1
grpc_read_timeout hsl 1 msec once
grpc_send_timeout hsl 1 msec once
grpc_set_header hsl 2
grpc_socket_keepalive hsl 1 flag once
grpc_ssl_certificate hsl 1 once
grpc_ssl_certificate_cache hsl 1-3 >1.27.4
grpc_ssl_certificate_key hsl 1 once
grpc_ssl_ciphers hsl 1 once
grpc_ssl_conf_command hsl 2 >1.19.4
grpc_ssl_crl hsl 1 once
grpc_ssl_name hsl 1 once
grpc_ssl_password_file hsl 1 once
grpc_ssl_protocols hsl 1+ =SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
grpc_ssl_server_name hsl 1 flag once
grpc_ssl_session_reuse hsl 1 flag once
grpc_ssl_trusted_certificate hsl 1 once
grpc_ssl_verify hsl 1 flag once
grpc_ssl_verify_depth hsl 1 number once
@ngx_http_grpc_module plus
grpc_allow_upstream hsl 0+
grpc_bind_dynamic hsl 0+
grpc_request_dynamic hsl 0+
grpc_socket_rcvbuf hsl 0+
grpc_socket_sndbuf hsl 0+
grpc_ssl_key_log hsl 0+
@ngx_http_gunzip_module built-in
gunzip hsl 1 flag once
gunzip_buffers hsl 2 once
@ngx_http_gzip_module built-in
gzip hslj 1 flag once
gzip_buffers hsl 2 once
gzip_comp_level hsl 1 once
gzip_disable hsl 1+
gzip_http_version hsl 1 =1.0,1.1 once
gzip_min_length hsl 1 size once
gzip_proxied hsl 1+ =off,expired,no-cache,no-store,private,no_last_modified,no_etag,auth,any
gzip_types hsl 1+
gzip_vary hsl 1 flag once
@ngx_http_gzip_static_module built-in
gzip_static hsl 1 =on,off,always once
@ngx_http_headers_module built-in
add_header hslj 2-3
add_header_inherit hslj 1 >1.29.3
add_trailer hslj 2-3
add_trailer_inherit hslj 1 >1.29.3
expires hslj 1-2 once
@ngx_http_headers_more_filter_module third-party https://github.com/openresty/headers-more-nginx-module
more_clear_headers hslj 1+
more_clear_input_headers hslj 1+
more_set_headers hslj 1+
more_set_input_headers hslj 1+
@ngx_http_hls_module plus
hls l 0+
hls_buffers hsl 0+
hls_forward_args hsl 0+
hls_fragment hsl 0+
hls_mp4_buffer_size hsl 0+
hls_mp4_max_buffer_size hsl 0+
@ngx_http_image_filter_module dynamic
image_filter l 1-3
image_filter_buffer hsl 1
image_filter_interlace hsl 1 flag once
image_filter_jpeg_quality hsl 1
image_filter_sharpen hsl 1
image_filter_transparency hsl 1 flag once
image_filter_webp_quality hsl 1
@ngx_http_index_module built-in
index hsl 1+
@ngx_http_internal_redirect_module plus
internal_redirect sl 0+
@ngx_http_js_module dynamic
js_access ljx 1
js_body_filter ljx 1-2
js_content ljx 1
js_context_reuse hsl 1
js_context_reuse_max_size hsl 1
js_engine hsl 1
js_fetch_buffer_size hsl 1
js_fetch_ciphers hsl 1
js_fetch_keepalive hsl 1
js_fetch_keepalive_requests hsl 1
js_fetch_keepalive_time hsl 1
js_fetch_keepalive_timeout hsl 1
js_fetch_max_response_buffer_size hsl 1
js_fetch_protocols hsl 1+
js_fetch_proxy hsl 1
js_fetch_timeout hsl 1
js_fetch_trusted_certificate hsl 1
js_fetch_verify hsl 1 flag once
js_fetch_verify_depth hsl 1
js_header_filter ljx 1
js_import hsl 1,3
js_include h 0+
js_load_http_native_module m 1,3
js_path hsl 1
js_periodic l 0+
js_preload_object hsl 1,3
js_set hsl 2-3
js_shared_dict_zone h 1+
js_var hsl 1-2
@ngx_http_keyval_module plus
keyval h 0+
keyval_zone h 0+
@ngx_http_limit_conn_module built-in
limit_conn hsl 2
limit_conn_dry_run hsl 1 flag once >1.17.6
limit_conn_log_level hsl 1 =info,notice,warn,error once
limit_conn_status hsl 1 once
limit_conn_zone h 2
limit_zone h 0+ <1.7.6
@ngx_http_limit_req_module built-in
limit_req hsl 1-3
limit_req_dry_run hsl 1 flag once >1.17.1
limit_req_log_level hsl 1 =info,notice,warn,error once
limit_req_status hsl 1 once
limit_req_zone h 3
@ngx_http_log_module built-in
access_log hsljx 1+
log_format h 2+
open_log_file_cache hsl 1-4 once
@ngx_http_lua_module third-party https://github.com/openresty/lua-nginx-module
access_by_lua hslj 1
access_by_lua_block hslj 0{
access_by_lua_file hslj 1
access_by_lua_no_postpone h 1 flag
balancer_by_lua_block u 0{
balancer_by_lua_file u 1
balancer_keepalive u 1
body_filter_by_lua hslj 1
body_filter_by_lua_block hslj 0{
body_filter_by_lua_file hslj 1
content_by_lua lj 1
content_by_lua_block lj 0{
content_by_lua_file lj 1
exit_worker_by_lua_block h 0{
exit_worker_by_lua_file h 1
header_filter_by_lua hslj 1
header_filter_by_lua_block hslj 0{
header_filter_by_lua_file hslj 1
init_by_lua h 1
init_by_lua_block h 0{
init_by_lua_file h 1
init_worker_by_lua h 1
init_worker_by_lua_block h 0{
init_worker_by_lua_file h 1
log_by_lua hslj 1
log_by_lua_block hslj 0{
log_by_lua_file hslj 1
lua_capture_error_log h 1
lua_check_client_abort hslj 1 flag
lua_code_cache hslj 1 flag
lua_http10_buffering hslj 1 flag
lua_load_resty_core h 1 flag
lua_malloc_trim h 1
lua_max_pending_timers h 1
lua_max_running_timers h 1
lua_need_request_body hslj 1 flag
lua_package_cpath h 1
lua_package_path h 1
lua_regex_cache_max_entries h 1
lua_regex_match_limit h 1
lua_sa_restart h 1 flag
lua_shared_dict h 2
lua_socket_buffer_size hslj 1
lua_socket_connect_timeout hslj 1
lua_socket_keepalive_timeout hslj 1
lua_socket_log_errors hslj 1 flag
lua_socket_pool_size hslj 1
lua_socket_read_timeout hslj 1
lua_socket_send_lowat hslj 1
lua_socket_send_timeout hslj 1
lua_ssl_certificate hsl 1
lua_ssl_certificate_key hsl 1
lua_ssl_ciphers hsl 1
lua_ssl_conf_command hsl 2
lua_ssl_crl hsl 1
lua_ssl_key_log hsl 1
lua_ssl_protocols hsl 1+
lua_ssl_trusted_certificate hsl 1
lua_ssl_verify_depth hsl 1
lua_thread_cache_max_entries h 1
lua_transform_underscores_in_response_headers hslj 1 flag
lua_upstream_skip_openssl_default_verify lj 1 flag
lua_use_default_type hslj 1 flag
lua_worker_thread_vm_pool_size h 1
precontent_by_lua_block hslj 0{
precontent_by_lua_file hslj 1
precontent_by_lua_no_postpone h 1 flag
proxy_ssl_certificate_by_lua_block lj 0{
proxy_ssl_certificate_by_lua_file lj 1
proxy_ssl_verify_by_lua_block lj 0{
proxy_ssl_verify_by_lua_file lj 1
rewrite_by_lua hslj 1
rewrite_by_lua_block hslj 0{
rewrite_by_lua_file hslj 1
rewrite_by_lua_no_postpone h 1 flag
server_rewrite_by_lua_block hs 0{
server_rewrite_by_lua_file hs 1
set_by_lua silj 2+
set_by_lua_block silj 1{
set_by_lua_file silj 2+
ssl_certificate_by_lua_block hs 0{
ssl_certificate_by_lua_file hs 1
ssl_client_hello_by_lua_block hs 0{
ssl_client_hello_by_lua_file hs 1
ssl_session_fetch_by_lua_block h 0{
ssl_session_fetch_by_lua_file h 1
ssl_session_store_by_lua_block h 0{
ssl_session_store_by_lua_file h 1
@ngx_http_map_module built-in
map h 2{
map_hash_bucket_size h 1 number once
map_hash_max_size h 1 number once
@ngx_http_memcached_module built-in
memcached_bind hsl 1-2 once
memcached_buffer_size hsl 1 size once
memcached_connect_timeout hsl 1 msec once
memcached_gzip_flag hsl 1 number once
memcached_next_upstream hsl 1+ =error,timeout,denied,invalid_response,not_found,off
memcached_next_upstream_timeout hsl 1 msec once
memcached_next_upstream_tries hsl 1 number once
memcached_pass lj 1 once
memcached_read_timeout hsl 1 msec once
memcached_send_timeout hsl 1 msec once
memcached_socket_keepalive hsl 1 flag once
@ngx_http_memcached_module plus
memcached_allow_upstream hsl 0+
memcached_bind_dynamic hsl 0+
@ngx_http_mirror_module built-in
mirror hsl 1
mirror_request_body hsl 1 flag once
@ngx_http_mp4_module built-in
mp4 l 0
mp4_buffer_size hsl 1 size once
mp4_max_buffer_size hsl 1 size once
mp4_start_key_frame hsl 1 flag once >1.21.4
@ngx_http_mp4_module plus
mp4_limit_rate hsl 0+
mp4_limit_rate_after hsl 0+
@ngx_http_num_map_module plus
num_map h 0+{
@ngx_http_oidc_module plus
auth_oidc hsl 0+
client_id o 0+
client_secret o 0+
config_url o 0+
cookie_name o 0+
extra_auth_args o 0+
frontchannel_logout_uri o 0+
issuer o 0+
logout_token_hint o 0+
logout_uri o 0+
oidc_provider h 0+{
pkce o 0+
post_logout_uri o 0+
redirect_uri o 0+
scope o 0+
session_store o 0+
session_timeout o 0+
userinfo o 0+
@ngx_http_perl_module dynamic
perl lx 1
perl_modules h 1
perl_require h 1
perl_set h 2
@ngx_http_proxy_module built-in
proxy_bind hsl 1-2 once
proxy_buffer_size hsl 1 size once
proxy_buffering hsl 1 flag once
proxy_buffers hsl 2 once
proxy_busy_buffers_size hsl 1 size once
proxy_cache hsl 1 once
proxy_cache_background_update hsl 1 flag once
proxy_cache_bypass hsl 1+
proxy_cache_convert_head hsl 1 flag once
proxy_cache_key hsl 1 once
proxy_cache_lock hsl 1 flag once
proxy_cache_lock_age hsl 1 msec once
proxy_cache_lock_timeout hsl 1 msec once
proxy_cache_max_range_offset hsl 1 offset once
proxy_cache_methods hsl 1+ =GET,HEAD,POST
proxy_cache_min_uses hsl 1 number once
proxy_cache_path h 2+
proxy_cache_revalidate hsl 1 flag once
proxy_cache_use_stale hsl 1+ =error,timeout,invalid_header,updating,http_500,http_502,http_503,http_504,http_403,http_404,http_429,off
proxy_cache_valid hsl 1+
proxy_connect_timeout hsl 1 msec once
proxy_cookie_domain hsl 1-2
proxy_cookie_flags hsl 1-4 >1.19.3
proxy_cookie_path hsl 1-2
proxy_force_ranges hsl 1 flag once
proxy_headers_hash_bucket_size hsl 1 number once
proxy_headers_hash_max_size hsl 1 number once
proxy_hide_header hsl 1
proxy_http_version hsl 1 =1.0,1.1,2 once
proxy_ignore_client_abort hsl 1 flag once
proxy_ignore_headers hsl 1+
proxy_intercept_errors hsl 1 flag once
proxy_limit_rate hsl 1 once
proxy_max_temp_file_size hsl 1 size once
proxy_method hsl 1 once
proxy_next_upstream hsl 1+ =error,timeout,denied,invalid_header,http_500,http_502,http_503,http_504,http_403,http_404,http_429,non_idempotent,off
proxy_next_upstream_timeout hsl 1 msec once
proxy_next_upstream_tries hsl 1 number once
proxy_no_cache hsl 1+
proxy_pass ljx 1 once
proxy_pass_header hsl 1
proxy_pass_request_body hsl 1 flag once
proxy_pass_request_headers hsl 1 flag once
proxy_pass_trailers hsl 1 flag once >1.27.2
proxy_read_timeout hsl 1 msec once
proxy_redirect hsl 1-2
proxy_request_buffering hsl 1 flag once
proxy_send_lowat hsl 1 size once
proxy_send_timeout hsl 1 msec once
proxy_set_body hsl 1 once
proxy_set_header hsl 2
proxy_socket_keepalive hsl 1 flag once
proxy_ssl_certificate hsl 1 once
proxy_ssl_certificate_cache hsl 1-3 >1.27.4
proxy_ssl_certificate_key hsl 1 once
proxy_ssl_ciphers hsl 1 once
proxy_ssl_conf_command hsl 2 >1.19.4
proxy_ssl_crl hsl 1 once
proxy_ssl_name hsl 1 once
proxy_ssl_password_file hsl 1 once
proxy_ssl_protocols hsl 1+ =SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
proxy_ssl_server_name hsl 1 flag once
proxy_ssl_session_reuse hsl 1 flag once
proxy_ssl_trusted_certificate hsl 1 once
proxy_ssl_verify hsl 1 flag once
proxy_ssl_verify_depth hsl 1 number once
proxy_store hsl 1 once
proxy_store_access hsl 1-3 once
proxy_temp_file_write_size hsl 1 size once
proxy_temp_path hsl 1-4 once
@ngx_http_proxy_module plus
proxy_allow_upstream hsl 0+
proxy_bind_dynamic hsl 0+
proxy_cache_purge hsl 0+
proxy_request_dynamic hsl 0+
proxy_socket_rcvbuf hsl 0+
proxy_socket_sndbuf hsl 0+
proxy_ssl_key_log hsl 0+
@ngx_http_random_index_module built-in
random_index l 1 flag once
@ngx_http_realip_module built-in
real_ip_header hsl 1 once
real_ip_recursive hsl 1 flag once
set_real_ip_from hsl 1
@ngx_http_referer_module built-in
referer_hash_bucket_size sl 1 number once
referer_hash_max_size sl 1 number once
valid_referers sl 1+
@ngx_http_rewrite_module built-in
break silj 0
if sl 1+{
return silj 1-2
rewrite silj 2-3
rewrite_log hsilj 1 flag once
set silj 2
uninitialized_variable_warn hsilj 1 flag once
@ngx_http_scgi_module built-in
scgi_bind hsl 1-2 once
scgi_buffer_size hsl 1 size once
scgi_buffering hsl 1 flag once
scgi_buffers hsl 2 once
scgi_busy_buffers_size hsl 1 size once
scgi_cache hsl 1 once
scgi_cache_background_update hsl 1 flag once
scgi_cache_bypass hsl 1+
scgi_cache_key hsl 1 once
scgi_cache_lock hsl 1 flag once
scgi_cache_lock_age hsl 1 msec once
scgi_cache_lock_timeout hsl 1 msec once
scgi_cache_max_range_offset hsl 1 offset once
scgi_cache_methods hsl 1+ =GET,HEAD,POST
scgi_cache_min_uses hsl 1 number once
scgi_cache_path h 2+
scgi_cache_revalidate hsl 1 flag once
scgi_cache_use_stale hsl 1+ =error,timeout,invalid_header,updating,http_500,http_503,http_403,http_404,http_429,off
scgi_cache_valid hsl 1+
scgi_connect_timeout hsl 1 msec once
scgi_force_ranges hsl 1 flag once
scgi_hide_header hsl 1
scgi_ignore_client_abort hsl 1 flag once
scgi_ignore_headers hsl 1+
scgi_intercept_errors hsl 1 flag once
scgi_limit_rate hsl 1 once
scgi_max_temp_file_size hsl 1 size once
scgi_next_upstream hsl 1+ =error,timeout,denied,invalid_header,http_500,http_503,http_403,http_404,http_429,non_idempotent,off
scgi_next_upstream_timeout hsl 1 msec once
scgi_next_upstream_tries hsl 1 number once
scgi_no_cache hsl 1+
scgi_param hsl 2-3
scgi_pass lj 1 once
scgi_pass_header hsl 1
scgi_pass_request_body hsl 1 flag once
scgi_pass_request_headers hsl 1 flag once
scgi_read_timeout hsl 1 msec once
scgi_request_buffering hsl 1 flag once
scgi_send_timeout hsl 1 msec once
scgi_socket_keepalive hsl 1 flag once
scgi_store hsl 1 once
scgi_store_access hsl 1-3 once
scgi_temp_file_write_size hsl 1 size once
scgi_temp_path hsl 1-4 once
@ngx_http_scgi_module plus
scgi_allow_upstream hsl 0+
scgi_bind_dynamic hsl 0+
scgi_cache_purge hsl 0+
scgi_request_dynamic hsl 0+
scgi_socket_rcvbuf hsl 0+
scgi_socket_sndbuf hsl 0+
@ngx_http_secure_link_module built-in
secure_link hsl 1 once
secure_link_md5 hsl 1 once
secure_link_secret hsl 1 once
@ngx_http_session_log_module plus
session_log hsl 0+
session_log_format h 0+
session_log_zone h 0+
@ngx_http_slice_module built-in
slice hsl 1 size once
@ngx_http_split_clients_module built-in
split_clients h 2{
@ngx_http_ssi_module built-in
ssi hslj 1 flag once
ssi_last_modified hsl 1 flag once
ssi_min_file_chunk hsl 1 size once
ssi_silent_errors hsl 1 flag once
ssi_types hsl 1+
ssi_value_length hsl 1 size once
@ngx_http_ssl_module built-in
ssl hs 1 flag once <1.25.1
ssl_buffer_size hs 1 size once
ssl_certificate hs 1
ssl_certificate_cache hs 1-3 >1.27.4
ssl_certificate_compression hs 1 flag once >1.29.1
ssl_certificate_key hs 1
ssl_ciphers hs 1 once
ssl_client_certificate hs 1 once
ssl_conf_command hs 2 >1.19.4
ssl_crl hs 1 once
ssl_dhparam hs 1 once
ssl_early_data hs 1 flag once
ssl_ecdh_curve hs 1 once
ssl_ech_file hs 1 >1.29.4
ssl_ocsp hs 1 =on,off,leaf once >1.19.0
ssl_ocsp_cache hs 1 once >1.19.0
ssl_ocsp_responder hs 1 once >1.19.0
ssl_password_file hs 1 once
ssl_prefer_server_ciphers hs 1 flag once
ssl_protocols hs 1+ =SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
ssl_reject_handshake hs 1 flag once >1.19.4
ssl_session_cache hs 1-2
ssl_session_ticket_key hs 1
ssl_session_tickets hs 1 flag once
ssl_session_timeout hs 1 sec once
ssl_stapling hs 1 flag once
ssl_stapling_file hs 1 once
ssl_stapling_responder hs 1 once
ssl_stapling_verify hs 1 flag once
ssl_trusted_certificate hs 1 once
ssl_verify_client hs 1 =on,off,optional,optional_no_ca once
ssl_verify_depth hs 1 number once
@ngx_http_ssl_module plus
ssl_key_log hs 0+
@ngx_http_status_module plus
status l 0+
status_format hsl 0+
status_zone s 0+
@ngx_http_stub_status_module built-in
stub_status sl 0,1
@ngx_http_sub_module built-in
sub_filter hsl 2
sub_filter_last_modified hsl 1 flag once
sub_filter_once hsl 1 flag once
sub_filter_types hsl 1+
@ngx_http_tunnel_module built-in
tunnel_bind hsl 1-2 >1.27.0
tunnel_buffer_size hsl 1 >1.27.0
tunnel_connect_timeout hsl 1 >1.27.0
tunnel_next_upstream hsl 1+ >1.27.0
tunnel_next_upstream_timeout hsl 1 >1.27.0
tunnel_next_upstream_tries hsl 1 >1.27.0
tunnel_pass slj 0,1 >1.27.0
tunnel_read_timeout hsl 1 >1.27.0
tunnel_send_lowat hsl 1 >1.27.0
tunnel_send_timeout hsl 1 >1.27.0
tunnel_socket_keepalive hsl 1 flag once >1.27.0
@ngx_http_tunnel_module plus
tunnel_allow_upstream hsl 0+
tunnel_bind_dynamic hsl 0+
tunnel_socket_rcvbuf hsl 0+
tunnel_socket_sndbuf hsl 0+
@ngx_http_upstream_conf_module plus
upstream_conf l 0+
@ngx_http_upstream_hc_module plus
health_check l 0+
match h 0+{
@ngx_http_upstream_module built-in
hash u 1-2
ip_hash u 0
keepalive u 1-2 once
keepalive_requests u 1 number once
keepalive_time u 1 msec once >1.19.10
keepalive_timeout u 1 msec once
least_conn u 0
least_time u 1-2 >1.27.0
random u 0,1-2
resolver u 1+ >1.27.0
resolver_timeout u 1 >1.27.0
server u 1+
sticky u 2+ >1.27.0
upstream h 1{
zone u 1-2
@ngx_http_upstream_module plus
ntlm u 0+
queue u 0+
state u 0+
@ngx_http_userid_module built-in
userid hsl 1 =on,v1,log,off once
userid_domain hsl 1 once
userid_expires hsl 1 once
userid_flags hsl 1-3 >1.19.3
userid_mark hsl 1 once
userid_name hsl 1 once
userid_p3p hsl 1 once
userid_path hsl 1 once
userid_service hsl 1 number once
@ngx_http_uwsgi_module built-in
uwsgi_bind hsl 1-2 once
uwsgi_buffer_size hsl 1 size once
uwsgi_buffering hsl 1 flag once
uwsgi_buffers hsl 2 once
uwsgi_busy_buffers_size hsl 1 size once
uwsgi_cache hsl 1 once
uwsgi_cache_background_update hsl 1 flag once
uwsgi_cache_bypass hsl 1+
uwsgi_cache_key hsl 1 once
uwsgi_cache_lock hsl 1 flag once
uwsgi_cache_lock_age hsl 1 msec once
uwsgi_cache_lock_timeout hsl 1 msec once
uwsgi_cache_max_range_offset hsl 1 offset once
uwsgi_cache_methods hsl 1+ =GET,HEAD,POST
uwsgi_cache_min_uses hsl 1 number once
uwsgi_cache_path h 2+
uwsgi_cache_revalidate hsl 1 flag once
uwsgi_cache_use_stale hsl 1+ =error,timeout,invalid_header,updating,http_500,http_503,http_403,http_404,http_429,off
uwsgi_cache_valid hsl 1+
uwsgi_connect_timeout hsl 1 msec once
uwsgi_force_ranges hsl 1 flag once
uwsgi_hide_header hsl 1
uwsgi_ignore_client_abort hsl 1 flag once
uwsgi_ignore_headers hsl 1+
uwsgi_intercept_errors hsl 1 flag once
uwsgi_limit_rate hsl 1 once
uwsgi_max_temp_file_size hsl 1 size once
uwsgi_modifier1 hsl 1 once
uwsgi_modifier2 hsl 1 once
uwsgi_next_upstream hsl 1+ =error,timeout,denied,invalid_header,http_500,http_503,http_403,http_404,http_429,non_idempotent,off
uwsgi_next_upstream_timeout hsl 1 msec once
uwsgi_next_upstream_tries hsl 1 number once
uwsgi_no_cache hsl 1+
uwsgi_param hsl 2-3
uwsgi_pass lj 1 once
uwsgi_pass_header hsl 1
uwsgi_pass_request_body hsl 1 flag once
uwsgi_pass_request_headers hsl 1 flag once
uwsgi_read_timeout hsl 1 msec once
uwsgi_request_buffering hsl 1 flag once
uwsgi_send_timeout hsl 1 msec once
uwsgi_socket_keepalive hsl 1 flag once
uwsgi_ssl_certificate hsl 1 once
uwsgi_ssl_certificate_cache hsl 1-3 >1.27.4
uwsgi_ssl_certificate_key hsl 1 once
uwsgi_ssl_ciphers hsl 1 once
uwsgi_ssl_conf_command hsl 2 >1.19.4
uwsgi_ssl_crl hsl 1 once
uwsgi_ssl_name hsl 1 once
uwsgi_ssl_password_file hsl 1 once
uwsgi_ssl_protocols hsl 1+ =SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
uwsgi_ssl_server_name hsl 1 flag once
uwsgi_ssl_session_reuse hsl 1 flag once
uwsgi_ssl_trusted_certificate hsl 1 once
uwsgi_ssl_verify hsl 1 flag once
uwsgi_ssl_verify_depth hsl 1 number once
uwsgi_store hsl 1 once
uwsgi_store_access hsl 1-3 once
uwsgi_temp_file_write_size hsl 1 size once
uwsgi_temp_path hsl 1-4 once
@ngx_http_uwsgi_module plus
uwsgi_allow_upstream hsl 0+
uwsgi_bind_dynamic hsl 0+
uwsgi_cache_purge hsl 0+
uwsgi_request_dynamic hsl 0+
uwsgi_socket_rcvbuf hsl 0+
uwsgi_socket_sndbuf hsl 0+
uwsgi_ssl_key_log hsl 0+
@ngx_http_v2_module built-in
http2 hs 1 flag once >1.25.1
http2_body_preread_size hs 1 size once
http2_chunk_size hsl 1 size once
http2_idle_timeout hs 1
http2_max_concurrent_pushes hs 1 number
http2_max_concurrent_streams hs 1 number once
http2_max_field_size hs 1
http2_max_header_size hs 1
http2_max_requests hs 1
http2_push hsl 1
http2_push_preload hsl 1 flag
http2_recv_buffer_size h 1 size once
http2_recv_timeout hs 1
@ngx_http_v3_module built-in
http3 hs 1 flag once >1.25.0
http3_hq hs 1 flag once >1.25.0
http3_max_concurrent_streams hs 1 >1.25.0
http3_stream_buffer_size hs 1 >1.25.0
quic_active_connection_id_limit hs 1 >1.25.0
quic_bpf m 1 flag once >1.25.0
quic_gso hs 1 flag once >1.25.0
quic_host_key hs 1 >1.25.0
quic_retry hs 1 flag once >1.25.0
@ngx_http_xslt_module dynamic
xml_entities hsl 1
xml_external_entities hsl 0+
xslt_last_modified hsl 1 flag once
xslt_param hsl 2
xslt_string_param hsl 2
xslt_stylesheet l 1+
xslt_types hsl 1+
@ngx_mail_auth_http_module dynamic
auth_http MN 1
auth_http_header MN 2
auth_http_pass_client_cert MN 1 flag once
auth_http_timeout MN 1
@ngx_mail_core_module dynamic
listen N 1+
mail m 0{
max_errors MN 1 >1.21.0
protocol N 1
resolver MN 1+
resolver_timeout MN 1
server M 0{
server_name MN 1
timeout MN 1
@ngx_mail_imap_module dynamic
imap_auth MN 1+
imap_capabilities MN 1+
imap_client_buffer MN 1
@ngx_mail_pop3_module dynamic
pop3_auth MN 1+
pop3_capabilities MN 1+
@ngx_mail_proxy_module dynamic
proxy_buffer MN 1
proxy_pass_error_message MN 1 flag once
proxy_protocol MN 1 flag once
proxy_smtp_auth MN 1 flag once
proxy_timeout MN 1
xclient MN 1 flag once
@ngx_mail_realip_module dynamic
set_real_ip_from MN 1
@ngx_mail_smtp_module dynamic
smtp_auth MN 1+
smtp_capabilities MN 1+
smtp_client_buffer MN 1
smtp_greeting_delay MN 1
@ngx_mail_ssl_module dynamic
ssl MN 1 flag once <1.25.1
ssl_certificate MN 1
ssl_certificate_compression MN 1 flag once >1.29.1
ssl_certificate_key MN 1
ssl_ciphers MN 1
ssl_client_certificate MN 1
ssl_conf_command MN 2 >1.19.4
ssl_crl MN 1
ssl_dhparam MN 1
ssl_ecdh_curve MN 1
ssl_password_file MN 1
ssl_prefer_server_ciphers MN 1 flag once
ssl_protocols MN 1+
ssl_session_cache MN 1-2
ssl_session_ticket_key MN 1
ssl_session_tickets MN 1 flag once
ssl_session_timeout MN 1
ssl_trusted_certificate MN 1
ssl_verify_client MN 1
ssl_verify_depth MN 1
starttls MN 1
@ngx_mgmt_module plus
enforce_initial_report o 0+
license_token o 0+
mgmt m 0+{
proxy o 0+
proxy_password o 0+
proxy_username o 0+
ssl_verify o 0+
state_path o 0+
usage_report o 0+
@ngx_otel_module dynamic
header o 2
otel_exporter h 0{
otel_resource_attr h 2
otel_service_name h 1
otel_span_attr hsl 2
otel_span_name hsl 1
otel_trace hsl 1
otel_trace_context hsl 1
trusted_certificate o 1
@ngx_stream_access_module dynamic
allow SV 1
deny SV 1
@ngx_stream_core_module dynamic
listen V 1+
preread_buffer_size SV 1 size once
preread_timeout SV 1 msec once
proxy_protocol_timeout SV 1 msec once
resolver SV 1+ once
resolver_timeout SV 1 msec once
server S 0{
server_name V 1+ >1.25.5
server_names_hash_bucket_size S 1 >1.25.5
server_names_hash_max_size S 1 >1.25.5
stream m 0{
tcp_nodelay SV 1 flag once
variables_hash_bucket_size S 1 number once
variables_hash_max_size S 1 number once
@ngx_stream_geo_module dynamic
geo S 1-2{
@ngx_stream_geoip_module dynamic
geoip_city S 1-2
geoip_country S 1-2
geoip_org S 1-2
@ngx_stream_js_module dynamic
js_access SV 1
js_context_reuse SV 1
js_context_reuse_max_size SV 1
js_engine SV 1+
js_fetch_buffer_size SV 1
js_fetch_ciphers SV 1
js_fetch_keepalive SV 1
js_fetch_keepalive_requests SV 1
js_fetch_keepalive_time SV 1
js_fetch_keepalive_timeout SV 1
js_fetch_max_response_buffer_size SV 1
js_fetch_protocols SV 1+
js_fetch_proxy SV 1
js_fetch_timeout SV 1
js_fetch_trusted_certificate SV 1
js_fetch_verify SV 1 flag once
js_fetch_verify_depth SV 1
js_filter SV 1
js_import SV 1,3
js_include S 0+
js_load_stream_native_module m 1,3
js_path SV 1
js_periodic V 0+
js_preload_object SV 1,3
js_preread SV 1
js_set SV 2-3
js_shared_dict_zone S 1+
js_var SV 1-2
@ngx_stream_keyval_module plus
keyval S 0+
keyval_zone S 0+
@ngx_stream_limit_conn_module dynamic
limit_conn SV 2
limit_conn_dry_run SV 1 flag once >1.17.6
limit_conn_log_level SV 1 =info,notice,warn,error once
limit_conn_zone S 2
@ngx_stream_log_module dynamic
access_log SV 1+
log_format S 2+
open_log_file_cache SV 1-4 once
@ngx_stream_map_module dynamic
map S 2{
map_hash_bucket_size S 1 number once
map_hash_max_size S 1 number once
@ngx_stream_mqtt_filter_module plus
mqtt SV 0+
mqtt_buffers SV 0+
mqtt_rewrite_buffer_size V 0+
mqtt_set_connect V 0+
@ngx_stream_mqtt_preread_module plus
mqtt_preread SV 0+
@ngx_stream_num_map_module plus
num_map S 0+{
@ngx_stream_pass_module dynamic
pass V 1 >1.25.5
@ngx_stream_proxy_module dynamic
proxy_bind SV 1-2 once
proxy_buffer_size SV 1 size once
proxy_connect_timeout SV 1 msec once
proxy_download_rate SV 1 once
proxy_half_close SV 1 flag once >1.21.4
proxy_next_upstream SV 1 flag once
proxy_next_upstream_timeout SV 1 msec once
proxy_next_upstream_tries SV 1 number once
proxy_pass V 1 once
proxy_protocol SV 1 flag once
proxy_requests SV 1 number once
proxy_responses SV 1 number once
proxy_socket_keepalive SV 1 flag once
proxy_ssl SV 1 flag once
proxy_ssl_alpn SV 1+ >1.27.0
proxy_ssl_certificate SV 1 once
proxy_ssl_certificate_cache SV 1-3 >1.27.4
proxy_ssl_certificate_key SV 1 once
proxy_ssl_ciphers SV 1 once
proxy_ssl_conf_command SV 2 >1.19.4
proxy_ssl_crl SV 1 once
proxy_ssl_name SV 1 once
proxy_ssl_password_file SV 1 once
proxy_ssl_protocols SV 1+ =SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
proxy_ssl_server_name SV 1 flag once
proxy_ssl_session_reuse SV 1 flag once
proxy_ssl_trusted_certificate SV 1 once
proxy_ssl_verify SV 1 flag once
proxy_ssl_verify_depth SV 1 number once
proxy_timeout SV 1 msec once
proxy_upload_rate SV 1 once
@ngx_stream_proxy_module plus
proxy_bind_dynamic SV 0+
proxy_session_drop SV 0+
proxy_socket_rcvbuf SV 0+
proxy_socket_sndbuf SV 0+
proxy_ssl_key_log SV 0+
@ngx_stream_realip_module dynamic
set_real_ip_from SV 1
@ngx_stream_return_module dynamic
return V 1 once
@ngx_stream_set_module dynamic
set V 2
@ngx_stream_split_clients_module dynamic
split_clients S 2{
@ngx_stream_ssl_module dynamic
ssl_alpn SV 1+ once >1.21.4
ssl_certificate SV 1
ssl_certificate_cache SV 1-3 >1.27.4
ssl_certificate_compression SV 1 flag once >1.29.1
ssl_certificate_key SV 1
ssl_ciphers SV 1 once
ssl_client_certificate SV 1 once
ssl_conf_command SV 2 >1.19.4
ssl_crl SV 1 once
ssl_dhparam SV 1 once
ssl_ecdh_curve SV 1 once
ssl_ech_file SV 1 >1.29.4
ssl_handshake_timeout SV 1 msec once
ssl_ocsp SV 1 >1.27.2
ssl_ocsp_cache SV 1 >1.27.2
ssl_ocsp_responder SV 1 >1.27.2
ssl_password_file SV 1 once
ssl_prefer_server_ciphers SV 1 flag once
ssl_protocols SV 1+ =SSLv2,SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
ssl_reject_handshake SV 1 flag once >1.25.5
ssl_session_cache SV 1-2
ssl_session_ticket_key SV 1
ssl_session_tickets SV 1 flag once
ssl_session_timeout SV 1 sec once
ssl_stapling SV 1 flag once >1.27.2
ssl_stapling_file SV 1 >1.27.2
ssl_stapling_responder SV 1 >1.27.2
ssl_stapling_verify SV 1 flag once >1.27.2
ssl_trusted_certificate SV 1 once
ssl_verify_client SV 1 =on,off,optional,optional_no_ca once
ssl_verify_depth SV 1 number once
@ngx_stream_ssl_module plus
ssl_key_log SV 0+
@ngx_stream_ssl_preread_module dynamic
ssl_preread SV 1 flag once
@ngx_stream_upstream_hc_module plus
health_check V 0+
health_check_timeout SV 0+
match S 0+{
@ngx_stream_upstream_module dynamic
hash U 1-2
least_conn U 0
least_time U 1-2 >1.27.0
random U 0,1-2
resolver U 1+ >1.27.0
resolver_timeout U 1 >1.27.0
server U 1+
upstream S 1{
zone U 1-2
@ngx_stream_upstream_module plus
state U 0+
@ngx_stream_zone_sync_module plus
zone_sync V 0+
zone_sync_buffers SV 0+
zone_sync_connect_retry_interval SV 0+
zone_sync_connect_timeout SV 0+
zone_sync_interval SV 0+
zone_sync_recv_buffer_size SV 0+
zone_sync_server V 0+
zone_sync_ssl SV 0+
zone_sync_ssl_certificate SV 0+
zone_sync_ssl_certificate_key SV 0+
zone_sync_ssl_ciphers SV 0+
zone_sync_ssl_conf_command SV 0+
zone_sync_ssl_crl SV 0+
zone_sync_ssl_name SV 0+
zone_sync_ssl_password_file SV 0+
zone_sync_ssl_protocols SV 0+
zone_sync_ssl_server_name SV 0+
zone_sync_ssl_trusted_certificate SV 0+
zone_sync_ssl_verify SV 0+
zone_sync_ssl_verify_depth SV 0+
zone_sync_timeout SV 0+
`;
