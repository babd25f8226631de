import type { DirectiveForm } from './directives.ts';

/** What is known of the modules an nginx has. */
export interface KnownModules {
  /** True where the whole configuration was read, so that a `load_module` that was not seen is not there. */
  readonly complete: boolean;
  /** The arguments of all `load_module` directives. */
  readonly loaded: readonly string[];
  /**
   * True where nginx is the package of a Linux distribution (Debian, Ubuntu, RHEL, Alpine), which leave stream,
   * mail and all modules of other makers to `load_module`. The packages of nginx.org build stream and mail in.
   */
  readonly distributionPackage: boolean;
}

/** Names under which a module's file goes where that is not the module's own. */
const FILE_NAMES: Readonly<Record<string, string>> = {
  ngx_http_xslt_module: 'ngx_http_xslt_filter_module',
  ngx_http_image_filter_module: 'ngx_http_image_filter_module',
};

/** The name of the `.so` file that brings a module: that of its whole family for most of stream and mail. */
export function moduleFileOf(module: string): string {
  const own = ['ngx_stream_js_module', 'ngx_stream_geoip_module', 'ngx_stream_geoip2_module'];
  if (module.startsWith('ngx_stream_') && !own.includes(module)) return 'ngx_stream_module';
  if (module.startsWith('ngx_mail_')) return 'ngx_mail_module';
  return FILE_NAMES[module] ?? module;
}

/** What can be said of a form's module: it is there, it may be there, or it plainly is not. */
export function presenceOf(form: DirectiveForm, modules: KnownModules): 'present' | 'unknown' | 'absent' {
  if (form.moduleKind === 'built-in') return 'present';
  const file = moduleFileOf(form.module);
  if (modules.loaded.some((path) => path.endsWith(`${file}.so`))) return 'present';
  if (form.moduleKind === 'plus') return 'unknown';
  if (modules.complete && modules.distributionPackage) return 'absent';
  const builtInElsewhere = file === 'ngx_stream_module' || file === 'ngx_mail_module';
  return builtInElsewhere ? 'present' : 'unknown';
}
