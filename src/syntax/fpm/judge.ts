import type { ZendValue } from '../zend/value.ts';
import {
  arrayDirectives,
  compareVersions,
  type FpmDirective,
  globalDirectives,
  newestKnownPhp,
  poolDirectives,
} from './directives.ts';
import type { FpmSection } from './entry.ts';
import type { FpmOptions } from './options.ts';
import { isPhpSetting } from './php-settings.ts';
import type { FpmProblemKind } from './problem.ts';
import { asciiLowerCase, valueError } from './value.ts';

/** What php-fpm says of an entry, without the place before it. */
export interface Judgement {
  readonly kind: FpmProblemKind;
  readonly message: string;
  readonly help?: string;
}

/** What php-fpm says of `name = value`; `undefined` where it takes it or where that cannot be told. */
export function judgeEntry(
  written: string,
  value: ZendValue,
  open: FpmSection,
  options: FpmOptions,
): Judgement | undefined {
  const name = asciiLowerCase(written);
  const directive = directiveIn(open, name);
  if (!directive) return unknownEntry(written, name, open, options);
  const { since } = directive;
  if (since !== undefined && isOlder(options, since)) {
    return {
      kind: 'entry-newer-than-php',
      message: `unknown entry '${written}'`,
      help: `${name} came with PHP ${since}`,
    };
  }
  if (value.kind === 'unknown') return undefined;
  const error = valueErrorOf(directive, value.text, open, options);
  if (error === undefined) return undefined;
  return { kind: 'value', message: `unable to parse value for entry '${name}': ${error}` };
}

/** What php-fpm says of a key without `=`. */
export function judgeBareKey(written: string): Judgement {
  const message = 'value is NULL for a ZEND_INI_PARSER_ENTRY';
  if (written.startsWith('#')) return { kind: 'hash-comment', message, help: commentHelp };
  if (/^(?:<{7}|>{7}|\|{7})/.test(written)) {
    return {
      kind: 'null-value',
      message,
      help: 'it is left over from a merge conflict: keep one side of it',
    };
  }
  return { kind: 'null-value', message, help: 'write name = value, or ; before a comment' };
}

const commentHelp = 'comments begin with ;';

function valueErrorOf(
  directive: FpmDirective,
  text: string,
  open: FpmSection,
  options: FpmOptions,
): string | undefined {
  if (directive.type === 'string' && open.kind === 'global' && text.includes('$pool')) {
    return "Can't use '$pool' when the pool is not defined";
  }
  return valueError(directive.type, text, options.phpVersion);
}

function directiveIn(open: FpmSection, name: string): FpmDirective | undefined {
  switch (open.kind) {
    case 'global':
      return globalDirectives.get(name);
    case 'pool':
      return poolDirectives.get(name);
    case 'lost':
      return poolDirectives.get(name) ?? globalDirectives.get(name);
    default:
      return open satisfies never;
  }
}

function unknownEntry(
  written: string,
  name: string,
  open: FpmSection,
  options: FpmOptions,
): Judgement | undefined {
  const message = `unknown entry '${written}'`;
  if (written.startsWith('#')) return { kind: 'hash-comment', message, help: commentHelp };
  if (open.kind === 'global' && poolDirectives.has(name)) {
    return { kind: 'pool-entry-in-global', message, help: `put the pool's header, such as [www], before it` };
  }
  if (open.kind === 'pool' && globalDirectives.has(name)) {
    return {
      kind: 'global-entry-in-pool',
      message,
      help: `put [global] before it, or move it above the first pool`,
    };
  }
  if (isPhpSetting(name) && open.kind !== 'global') {
    return { kind: 'php-setting-as-entry', message, help: `write php_admin_value[${name}]` };
  }
  // A PHP newer than the tables may know more.
  if (options.phpVersion !== undefined && compareVersions(options.phpVersion, newestKnownPhp) > 0) {
    return undefined;
  }
  return { kind: 'unknown-entry', message };
}

/** What php-fpm says of `name[key] = value`, in its order; it may say two things of one `access.suppress_path`. */
export function judgeElement(
  name: string,
  key: ZendValue,
  value: ZendValue,
  open: FpmSection,
  options: FpmOptions,
): readonly Judgement[] {
  const isSuppressPath = name === 'access.suppress_path';
  if (isSuppressPath && !isOlder(options, '8.2')) {
    const wrong = judgeSuppressPath(key, value);
    if (wrong.length > 0) return wrong;
  } else if (key.kind === 'known' && key.text === '') {
    return [{ kind: 'array-without-key', message: `You must provide a key for field '${name}'` }];
  }
  if (open.kind === 'global') {
    return [{ kind: 'array-in-global', message: 'Array are not allowed in the global section' }];
  }
  const since = arrayDirectives.get(name)?.since;
  if (!arrayDirectives.has(name) || (since !== undefined && isOlder(options, since))) {
    return [unknownArray(name, since)];
  }
  if (value.kind === 'unknown') return [];
  if (name === 'env' && value.text === '') {
    return [{ kind: 'empty-env', message: 'empty value', help: 'remove the line, or give it a value' }];
  }
  if (name !== 'php_flag' && name !== 'php_admin_flag') return [];
  const error = valueError('boolean', value.text, options.phpVersion);
  if (error === undefined) return [];
  return [{ kind: 'value', message: `error while parsing '${name}[${key.text}]' : ${error}` }];
}

function judgeSuppressPath(key: ZendValue, value: ZendValue): readonly Judgement[] {
  const wrong: Judgement[] = [];
  if (key.kind === 'known' && key.text !== '') {
    wrong.push({
      kind: 'suppress-path',
      message: "Keys provided to field 'access.suppress_path' are ignored",
    });
  }
  if (value.kind === 'known' && !value.text.startsWith('/')) {
    wrong.push({
      kind: 'suppress-path',
      message: "Values provided to field 'access.suppress_path' must begin with '/'",
    });
  }
  return wrong;
}

function unknownArray(name: string, since: string | undefined): Judgement {
  const message = `unknown directive '${name}'`;
  if (name.startsWith('#')) return { kind: 'hash-comment', message, help: commentHelp };
  if (since !== undefined)
    return { kind: 'entry-newer-than-php', message, help: `${name} came with PHP ${since}` };
  return { kind: 'unknown-directive', message };
}

function isOlder(options: FpmOptions, than: string): boolean {
  return options.phpVersion !== undefined && compareVersions(options.phpVersion, than) < 0;
}
