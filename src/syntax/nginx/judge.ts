import { positionAt } from '../source.ts';
import { isDataContext, type NginxContext } from './contexts.ts';
import { type DirectiveForm, formsOf, standsIn, takesArguments } from './directives.ts';
import { type Duplicate, findDuplicate, type Stated } from './duplicates.ts';
import { missingSemicolon, missingSemicolonHelp } from './missing-semicolon.ts';
import { type KnownModules, moduleFileOf } from './modules.ts';
import { nearMiss } from './near-miss.ts';
import type { ReadingOf } from './reading.ts';
import { looksAtArguments, refusalOfArguments, type ValueRefusal } from './setters.ts';
import { refusalOfSlot } from './slots.ts';
import type { Statement } from './statement.ts';
import { placeholderIn, templateEnd, templateHelp } from './template.ts';
import { isThirdPartyLoaded, thirdPartyModuleOf } from './third-party.ts';
import {
  type Directive,
  type NginxProblem,
  type NginxProblemKind,
  nameWordOf,
  reportedLineOf,
  type Word,
} from './tree.ts';
import { compareVersions } from './version.ts';

/** A problem of one directive, at its name unless another word is given. */
function problem(
  directive: Directive,
  kind: NginxProblemKind,
  message: string,
  options: {
    readonly at?: Word | undefined;
    readonly fatal?: boolean;
    readonly help?: string | undefined;
    readonly meant?: string | undefined;
  } = {},
): NginxProblem {
  const { start, end } = options.at ?? nameWordOf(directive);
  const { help, meant } = options;
  return {
    kind,
    message,
    span: { source: directive.source, start, end },
    reportedLine: reportedLineOf(directive),
    fatal: options.fatal ?? true,
    ...(help === undefined ? {} : { help }),
    ...(meant === undefined ? {} : { meant }),
  };
}

/** Judges one directive in its context, and remembers it in `stated`; undefined where nginx takes it. */
export function judge(
  directive: Directive,
  context: NginxContext,
  stated: Stated,
  readingOf: ReadingOf,
  modules: KnownModules,
  version: string | undefined,
): NginxProblem | undefined {
  const reading = readingOf(directive.name);
  switch (reading.kind) {
    case 'unknown':
      return isThirdPartyLoaded(directive.name, modules.loaded)
        ? undefined
        : unknownDirective(directive, context);
    case 'other-version':
      return wrongVersion(directive, reading.form, version);
    case 'no-module':
      if (isThirdPartyLoaded(directive.name, modules.loaded)) return undefined;
      return missingModule(directive, reading.form, reading.isAbsent);
    case 'elsewhere':
      return misplaced(directive, context, reading.forms);
    case 'known': {
      const { form } = reading;
      return (
        notFilledIn(directive, form) ??
        wrongShape(directive, context, form) ??
        duplicated(directive, findDuplicate(directive, form, context, stated)) ??
        wrongValue(directive, context, form, version)
      );
    }
    default:
      return reading satisfies never;
  }
}

function wrongVersion(directive: Directive, form: DirectiveForm, version: string | undefined): NginxProblem {
  const gone = form.until !== undefined && version !== undefined && compareVersions(version, form.until) >= 0;
  const help = gone
    ? `nginx ${form.until} and later no longer have it; this host has ${version}`
    : `nginx before ${form.since} does not have it; this host has ${version}`;
  return problem(directive, 'unknown-directive', `unknown directive "${directive.name}"`, { help });
}

function unknownDirective(directive: Directive, context: NginxContext): NginxProblem {
  const { name } = directive;
  const message = `unknown directive "${name}"`;
  const module = thirdPartyModuleOf(name);
  if (module !== undefined) {
    return problem(directive, 'unknown-module', message, { fatal: false, help: `${module} brings it` });
  }
  const meant = nearMiss(name, context);
  if (meant !== undefined) {
    const invisible = /[^\x21-\x7e]/.test(name) && name.replace(/[^\x21-\x7e]/g, '') === meant;
    const help = invisible
      ? `"${meant}" is meant, but invisible characters (a byte order mark, a no-break space) belong to the word`
      : `did you mean "${meant}"?`;
    return problem(directive, 'unknown-directive', message, { help, meant });
  }
  // No module has a name with other characters, so this is a word gone astray.
  if (/[^\w-]/.test(name))
    return problem(directive, 'unknown-directive', message, { help: strayWordHelp(name, context) });
  return problem(directive, 'unknown-directive', message, {
    fatal: false,
    help: 'no module known to no502 has it; a module that was built in or is loaded may',
  });
}

function strayWordHelp(name: string, context: NginxContext): string {
  if (/[{}]/.test(name))
    return 'an expression with "{" must stand in quotes: the brace ends the word before it';
  const known = /^\w+/.exec(name)?.[0] ?? '';
  for (let end = known.length; end > 2; end--) {
    const start = known.slice(0, end);
    if (formsOf(start).some((form) => standsIn(form, context))) return `a blank is missing after "${start}"`;
  }
  return 'no module has a directive of such a name';
}

function missingModule(directive: Directive, form: DirectiveForm, absent: boolean): NginxProblem {
  const file = moduleFileOf(form.module);
  const help =
    form.moduleKind === 'plus'
      ? `${thirdPartyModuleOf(directive.name) ?? form.module} brings it; nginx itself does not have it`
      : absent
        ? `${form.module} is not loaded: no "load_module" names ${file}.so`
        : `it takes ${form.module}`;
  return problem(directive, 'unknown-module', `unknown directive "${directive.name}"`, {
    fatal: absent,
    help,
  });
}

function misplaced(
  directive: Directive,
  context: NginxContext,
  forms: readonly DirectiveForm[],
): NginxProblem {
  const where = contextNames(forms.map((form) => form.letters).join(''));
  const help = where === '' ? undefined : `it may stand in ${where}; this is ${context}`;
  const fatal = forms.every((form) => form.moduleKind !== 'third-party');
  return problem(directive, 'misplaced', `"${directive.name}" directive is not allowed here`, {
    fatal,
    help,
  });
}

/** A placeholder in a simple directive: to nginx, a block follows where none may. */
function notFilledIn(directive: Directive, form: DirectiveForm): NginxProblem | undefined {
  const at = form.block ? undefined : placeholderIn(directive);
  if (at === undefined) return undefined;
  const { source, name } = directive;
  return {
    ...problem(directive, 'syntax', `directive "${name}" is not terminated by ";"`, { help: templateHelp }),
    span: { source, start: at, end: templateEnd(source.text, at) ?? at + 1 },
    reportedLine: positionAt(source, at).line,
  };
}

function wrongShape(
  directive: Directive,
  context: NginxContext,
  form: DirectiveForm,
): NginxProblem | undefined {
  const { name, contents, values } = directive.statement;
  const message =
    contents && !form.block
      ? `directive "${name}" is not terminated by ";"`
      : form.block && !contents
        ? `directive "${name}" has no opening "{"`
        : takesArguments(form, values.length)
          ? undefined
          : `invalid number of arguments in "${name}" directive`;
  if (message === undefined) return undefined;
  const missing = missingSemicolon(directive, context);
  return problem(directive, form.block === (contents !== undefined) ? 'arguments' : 'syntax', message, {
    at: missing?.after,
    fatal: form.moduleKind !== 'third-party',
    help: missing && missingSemicolonHelp(directive, missing),
  });
}

/**
 * Whether nginx takes every directive of that name with as many arguments and a block or none in a context, whatever they say, the
 * braces of a template aside, and but for what may stand before it in its block.
 */
export function isTakenByShape(
  { name, values, contents }: Statement,
  context: NginxContext,
  readingOf: ReadingOf,
): boolean {
  if (context === 'unknown' || isDataContext(context) || name === 'include') return false;
  const reading = readingOf(name);
  if (reading.kind !== 'known') return false;
  const { form } = reading;
  const isByValue = form.slot !== undefined || form.choices !== undefined || looksAtArguments(name, context);
  return form.block === (contents !== undefined) && !isByValue && takesArguments(form, values.length);
}

/** The same of a directive with which all is well but for what may stand before it in its block. */
export function judgeRepetition(
  directive: Directive,
  context: NginxContext,
  stated: Stated,
  readingOf: ReadingOf,
): NginxProblem | undefined {
  const reading = readingOf(directive.name);
  if (reading.kind !== 'known') return undefined;
  return duplicated(directive, findDuplicate(directive, reading.form, context, stated));
}

/** What may stand there twice by itself, but not with the same name or address, has rules of its own. */
const duplicateKinds: ReadonlyMap<string, NginxProblemKind> = new Map([
  ['upstream', 'duplicate-upstream'],
  ['listen', 'duplicate-listen'],
]);

function duplicated(directive: Directive, duplicate: Duplicate | undefined): NginxProblem | undefined {
  if (!duplicate) return undefined;
  const { first, message } = duplicate;
  const { line } = positionAt(first.source, first.start);
  const elsewhere = first.source === directive.source ? '' : ` of ${first.source.path}`;
  const help = `it stands first on line ${line}${elsewhere}`;
  return problem(directive, duplicateKinds.get(directive.name) ?? 'duplicate', message, { help });
}

/** Whether nginx takes what a directive says that is well in all else. */
export function isValueTaken(
  directive: Directive,
  context: NginxContext,
  readingOf: ReadingOf,
  version: string | undefined,
): boolean {
  const reading = readingOf(directive.name);
  return reading.kind !== 'known' || wrongValue(directive, context, reading.form, version) === undefined;
}

function wrongValue(
  directive: Directive,
  context: NginxContext,
  form: DirectiveForm,
  version: string | undefined,
): NginxProblem | undefined {
  const refusal = refusalOfValue(directive, form, version) ?? refusalOfArguments(directive, context, version);
  if (!refusal) return undefined;
  const missing = missingSemicolon(directive, context);
  return problem(directive, refusal.kind ?? 'invalid-value', refusal.message, {
    at: missing?.after ?? refusal.word,
    fatal: refusal.fatal || missing !== undefined,
    help: missing && missingSemicolonHelp(directive, missing),
  });
}

/** The newest nginx whose directives the table's kinds of values were asked of. */
const VALUES_ASKED_OF = '1.22.1';

function refusalOfValue(
  directive: Directive,
  { slot, choices }: DirectiveForm,
  version: string | undefined,
): ValueRefusal | undefined {
  const { name, values } = directive.statement;
  const value = values[0];
  if (slot !== undefined && value !== undefined) {
    const message = refusalOfSlot(slot, name, value);
    const [word] = message === undefined ? [] : directive.args;
    if (message === undefined || !word) return undefined;
    // Every few versions, one more directive learns to take variables.
    const asked = version !== undefined && compareVersions(version, VALUES_ASKED_OF) <= 0;
    return { message, word, fatal: asked || slot === 'flag' || !value.includes('$') };
  }
  const wrong = choices && directive.args.find((word) => !isChoice(choices, word.value));
  if (!wrong) return undefined;
  // A plain word may be one that the documentation leaves out or a newer nginx knows.
  const fatal = /[^A-Za-z0-9._-]/.test(wrong.value);
  return { message: `invalid value "${wrong.value}"`, word: wrong, fatal };
}

function isChoice(choices: readonly string[], value: string): boolean {
  return choices.includes(value) || choices.some((choice) => choice.toLowerCase() === value.toLowerCase());
}

const CONTEXT_NAMES: readonly (readonly [letter: string, name: string])[] = [
  ['m', 'main'],
  ['e', 'events'],
  ['h', 'http'],
  ['s', 'server'],
  ['l', 'location'],
  ['i', 'if in server'],
  ['j', 'if in location'],
  ['x', 'limit_except'],
  ['u', 'upstream'],
  ['S', 'stream'],
  ['V', 'server in stream'],
  ['U', 'upstream in stream'],
  ['M', 'mail'],
  ['N', 'server in mail'],
];

function contextNames(letters: string): string {
  return CONTEXT_NAMES.filter(([letter]) => letters.includes(letter))
    .map(([, name]) => name)
    .join(', ');
}
