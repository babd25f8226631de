// Written by test/rules/rules.test.ts from the files of this folder: npm run update.
import type { Rule } from '../src/engine/rule.ts';
import fastcgiPassNotListened from './fastcgi-pass-not-listened.ts';
import fpmIncludeBroken from './fpm-include-broken.ts';
import fpmPoolIncomplete from './fpm-pool-incomplete.ts';
import fpmSocketOwnerUnset from './fpm-socket-owner-unset.ts';
import fpmSocketPermission from './fpm-socket-permission.ts';
import fpmSyntax from './fpm-syntax.ts';
import fpmUnknownEntry from './fpm-unknown-entry.ts';
import fpmValueInvalid from './fpm-value-invalid.ts';
import maxChildrenExceedsMemory from './max-children-exceeds-memory.ts';
import nginxDirectiveDuplicate from './nginx-directive-duplicate.ts';
import nginxDirectiveMisplaced from './nginx-directive-misplaced.ts';
import nginxIncludeMissing from './nginx-include-missing.ts';
import nginxSyntax from './nginx-syntax.ts';
import nginxUnknownDirective from './nginx-unknown-directive.ts';
import nginxValueInvalid from './nginx-value-invalid.ts';
import noPoolDefined from './no-pool-defined.ts';
import pmDynamicInconsistent from './pm-dynamic-inconsistent.ts';
import poolListenConflict from './pool-listen-conflict.ts';
import poolUserMissing from './pool-user-missing.ts';
import proxyPortMismatch from './proxy-port-mismatch.ts';
import readTimeoutBelowAppLimit from './read-timeout-below-app-limit.ts';
import readTimeoutMissing from './read-timeout-missing.ts';
import stalePhpVersionSocket from './stale-php-version-socket.ts';
import upstreamNameUndefined from './upstream-name-undefined.ts';

/** Every rule, in the order of their ids. */
export const rules: readonly Rule[] = [
  fastcgiPassNotListened,
  fpmIncludeBroken,
  fpmPoolIncomplete,
  fpmSocketOwnerUnset,
  fpmSocketPermission,
  fpmSyntax,
  fpmUnknownEntry,
  fpmValueInvalid,
  maxChildrenExceedsMemory,
  nginxDirectiveDuplicate,
  nginxDirectiveMisplaced,
  nginxIncludeMissing,
  nginxSyntax,
  nginxUnknownDirective,
  nginxValueInvalid,
  noPoolDefined,
  pmDynamicInconsistent,
  poolListenConflict,
  poolUserMissing,
  proxyPortMismatch,
  readTimeoutBelowAppLimit,
  readTimeoutMissing,
  stalePhpVersionSocket,
  upstreamNameUndefined,
];
