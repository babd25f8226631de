import type { Fix } from '../engine/finding.ts';
import type { FpmProblem } from '../syntax/fpm/problem.ts';
import { replace } from './lines.ts';

/** The fix for a line that php-fpm refuses, where its text alone shows what is meant. */
export function fpmEntryFix({ kind, span, name, meant }: FpmProblem): Fix | undefined {
  const text = span.source.text.slice(span.start, span.end);
  switch (kind) {
    case 'hash-comment': {
      const start = { ...span, end: span.start + 1 };
      return text.startsWith('#')
        ? { safe: true, title: 'begin the comment with ;', edits: [replace(start, ';')] }
        : undefined;
    }
    case 'php-setting-as-entry': {
      const element = `php_admin_value[${text}]`;
      return name === text
        ? { safe: true, title: `write ${element}`, edits: [replace(span, element)] }
        : undefined;
    }
    case 'listen-unix-prefix': {
      const path = text.replace(/^(["']?)unix:\/*(?=\/)/i, '$1');
      return path === text
        ? undefined
        : { safe: true, title: `listen = ${path}`, edits: [replace(span, path)] };
    }
    default:
      // A name that is nearly right is still a guess.
      return meant === undefined
        ? undefined
        : { safe: false, title: `write ${meant}`, edits: [replace(span, meant)] };
  }
}
