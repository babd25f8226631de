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

/** What names mean in one context. */
export type ReadingOf = (name: string) => Reading;

/**
 * What an nginx of that version makes of names, context by context. Each is decided once: ten thousand sites say the same few.
 */
export function readingsOf(
  modules: KnownModules,
  version: string | undefined,
): (context: NginxContext) => ReadingOf {
  const byContext = new Map<NginxContext, ReadingOf>();
  return (context) => {
    const known = byContext.get(context);
    if (known) return known;
    const byName = new Map<string, Reading>();
    const readingOf: ReadingOf = (name) => {
      const before = byName.get(name);
      if (before) return before;
      const reading = read(name, context, modules, version);
      byName.set(name, reading);
      return reading;
    };
    byContext.set(context, readingOf);
    return readingOf;
  };
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
