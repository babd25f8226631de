import type { NginxContext } from './contexts.ts';
import { type DirectiveForm, formsOf, standsIn } from './directives.ts';
import { type KnownModules, presenceOf } from './modules.ts';
import { compareVersions } from './version.ts';

/** What nginx makes of a name where it stands. */
export type Reading =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'other-version'; readonly form: DirectiveForm }
  | { readonly kind: 'no-module'; readonly form: DirectiveForm; readonly isAbsent: boolean }
  | { readonly kind: 'elsewhere'; readonly forms: readonly DirectiveForm[] }
  | { readonly kind: 'known'; readonly form: DirectiveForm };

type ByName = Map<string, Reading>;
type ByContext = Map<NginxContext, ByName>;

/** By what is known of an nginx, then by version, context and name: ten thousand sites say the same few names. */
const readings = new WeakMap<KnownModules, Map<string | undefined, ByContext>>();

/** What an nginx of that version makes of a name in a context. */
export function readingOf(
  name: string,
  context: NginxContext,
  modules: KnownModules,
  version: string | undefined,
): Reading {
  const byVersion = readings.get(modules) ?? new Map<string | undefined, ByContext>();
  if (byVersion.size === 0) readings.set(modules, byVersion);
  const byContext = byVersion.get(version) ?? new Map<NginxContext, ByName>();
  if (byContext.size === 0) byVersion.set(version, byContext);
  const byName = byContext.get(context) ?? new Map<string, Reading>();
  if (byName.size === 0) byContext.set(context, byName);
  const known = byName.get(name);
  if (known) return known;
  const reading = read(name, context, modules, version);
  byName.set(name, reading);
  return reading;
}

function read(
  name: string,
  context: NginxContext,
  modules: KnownModules,
  version: string | undefined,
): Reading {
  const all = formsOf(name);
  const [newest] = all;
  if (!newest) return { kind: 'unknown' };
  const existing = all.filter((form) => existsIn(form, version));
  const here = existing.filter((form) => standsIn(form, context));
  const candidates = here.length > 0 ? here : existing;
  const form = candidates.find((candidate) => presenceOf(candidate, modules) === 'present') ?? candidates[0];
  if (!form) return { kind: 'other-version', form: newest };
  const presence = presenceOf(form, modules);
  if (presence !== 'present') return { kind: 'no-module', form, isAbsent: presence === 'absent' };
  return here.length === 0 ? { kind: 'elsewhere', forms: existing } : { kind: 'known', form };
}

function existsIn(form: DirectiveForm, version: string | undefined): boolean {
  if (version === undefined) return true;
  const { since, until } = form;
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (until === undefined || compareVersions(version, until) < 0)
  );
}
