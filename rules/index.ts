// Written by test/rules/rules.test.ts from the files of this folder: npm run update.
import type { Rule } from '../src/engine/rule.ts';
import allowedClientsExcludesNginx from './allowed-clients-excludes-nginx.ts';
import ambiguousServiceNameOnSharedNetwork from './ambiguous-service-name-on-shared-network.ts';
import appBindsLoopback from './app-binds-loopback.ts';
import appMaintenanceFlag from './app-maintenance-flag.ts';
import appServerTimeoutBelowProxy from './app-server-timeout-below-proxy.ts';
import appSocketPermission from './app-socket-permission.ts';
import backupUnsupportedByBalancer from './backup-unsupported-by-balancer.ts';
import blackholeUpstreamAddress from './blackhole-upstream-address.ts';
import bodySizeBelowPhpLimit from './body-size-below-php-limit.ts';
import bufferSizesInconsistent from './buffer-sizes-inconsistent.ts';
import chdirChrootPrefixMissing from './chdir-chroot-prefix-missing.ts';
import composeNoSharedNetwork from './compose-no-shared-network.ts';
import defaultPhpFpmSockWithoutWwwConf from './default-php-fpm-sock-without-www-conf.ts';
import defaultServerAnswers from './default-server-answers.ts';
import directiveNewerThanFpm from './directive-newer-than-fpm.ts';
import duplicateContentHandler from './duplicate-content-handler.ts';
import duplicateDefaultServer from './duplicate-default-server.ts';
import duplicateListen from './duplicate-listen.ts';
import eventsSectionMissing from './events-section-missing.ts';
import fastcgiParamsMissing from './fastcgi-params-missing.ts';
import fastcgiPassBadSyntax from './fastcgi-pass-bad-syntax.ts';
import fastcgiPassNotListened from './fastcgi-pass-not-listened.ts';
import fpmDaemonizesInContainer from './fpm-daemonizes-in-container.ts';
import fpmIncludeBroken from './fpm-include-broken.ts';
import fpmInlineHashComment from './fpm-inline-hash-comment.ts';
import fpmListenInvalid from './fpm-listen-invalid.ts';
import fpmListenUnixPrefix from './fpm-listen-unix-prefix.ts';
import fpmListenWithoutPort from './fpm-listen-without-port.ts';
import fpmLogPathUnwritable from './fpm-log-path-unwritable.ts';
import fpmLoopbackInContainer from './fpm-loopback-in-container.ts';
import fpmPoolIncomplete from './fpm-pool-incomplete.ts';
import fpmSectionHeader from './fpm-section-header.ts';
import fpmSocketOwnerUnset from './fpm-socket-owner-unset.ts';
import fpmSocketPermission from './fpm-socket-permission.ts';
import fpmSyntax from './fpm-syntax.ts';
import fpmUnknownEntry from './fpm-unknown-entry.ts';
import fpmUnquotedSpecialChar from './fpm-unquoted-special-char.ts';
import fpmValueInvalid from './fpm-value-invalid.ts';
import globalDirectiveAfterInclude from './global-directive-after-include.ts';
import grpcToHttp1 from './grpc-to-http1.ts';
import httpsUpstreamPort80 from './https-upstream-port-80.ts';
import httpsUpstreamWithoutSni from './https-upstream-without-sni.ts';
import invalidProxyPassUrl from './invalid-proxy-pass-url.ts';
import keepConnPinsWorkers from './keep-conn-pins-workers.ts';
import keepaliveByDefault from './keepalive-by-default.ts';
import keepaliveDirectiveOrder from './keepalive-directive-order.ts';
import limitExtensionsMismatch from './limit-extensions-mismatch.ts';
import limitKeyIsProxyAddress from './limit-key-is-proxy-address.ts';
import listenAclOverridesOwner from './listen-acl-overrides-owner.ts';
import listenBacklogCapped from './listen-backlog-capped.ts';
import listenDirMissing from './listen-dir-missing.ts';
import listenModeNotOctal from './listen-mode-not-octal.ts';
import localhostDualStack from './localhost-dual-stack.ts';
import logFormatUnknown from './log-format-unknown.ts';
import loopbackUpstreamInContainer from './loopback-upstream-in-container.ts';
import maxChildrenExceedsMemory from './max-children-exceeds-memory.ts';
import maxChildrenSmallDefault from './max-children-small-default.ts';
import maxFailsBlackout from './max-fails-blackout.ts';
import namedUpstreamWithPort from './named-upstream-with-port.ts';
import nginxDirectiveDuplicate from './nginx-directive-duplicate.ts';
import nginxDirectiveMisplaced from './nginx-directive-misplaced.ts';
import nginxIncludeMissing from './nginx-include-missing.ts';
import nginxSyntax from './nginx-syntax.ts';
import nginxUnknownDirective from './nginx-unknown-directive.ts';
import nginxUnknownVariable from './nginx-unknown-variable.ts';
import nginxUserMissing from './nginx-user-missing.ts';
import nginxValueInvalid from './nginx-value-invalid.ts';
import noPoolDefined from './no-pool-defined.ts';
import noRequestDeadline from './no-request-deadline.ts';
import nofileBelowWorkerConnections from './nofile-below-worker-connections.ts';
import numericUserWithoutGroup from './numeric-user-without-group.ts';
import opcachePreloadBroken from './opcache-preload-broken.ts';
import opcacheShmUnallocatable from './opcache-shm-unallocatable.ts';
import pmDynamicInconsistent from './pm-dynamic-inconsistent.ts';
import poolListenConflict from './pool-listen-conflict.ts';
import poolRunsAsRoot from './pool-runs-as-root.ts';
import poolUserMissing from './pool-user-missing.ts';
import poolsShareOneTcpSocket from './pools-share-one-tcp-socket.ts';
import portDeclaredTwice from './port-declared-twice.ts';
import privateTmpSocket from './private-tmp-socket.ts';
import processMaxStarvesPools from './process-max-starves-pools.ts';
import protocolMismatchFpmHttp from './protocol-mismatch-fpm-http.ts';
import proxyLoop from './proxy-loop.ts';
import proxyPortMismatch from './proxy-port-mismatch.ts';
import publishedPortInsideNetwork from './published-port-inside-network.ts';
import readTimeoutBelowAppLimit from './read-timeout-below-app-limit.ts';
import readTimeoutMissing from './read-timeout-missing.ts';
import removedPhpIniDirective from './removed-php-ini-directive.ts';
import requestLimitSmall from './request-limit-small.ts';
import resolverCannotSeeName from './resolver-cannot-see-name.ts';
import responseHeaderBufferSmall from './response-header-buffer-small.ts';
import retriesDisabledWithManyPeers from './retries-disabled-with-many-peers.ts';
import scriptPathMismatch from './script-path-mismatch.ts';
import selinuxBlocksUpstream from './selinux-blocks-upstream.ts';
import sharedSocketUidMismatch from './shared-socket-uid-mismatch.ts';
import singleWorkerLoopback from './single-worker-loopback.ts';
import socketBehindPrivateDir from './socket-behind-private-dir.ts';
import stalePhpVersionSocket from './stale-php-version-socket.ts';
import suppressionUnknownRule from './suppression-unknown-rule.ts';
import suppressionUnused from './suppression-unused.ts';
import suppressionWithoutReason from './suppression-without-reason.ts';
import systemdLimitBelowPool from './systemd-limit-below-pool.ts';
import terminateTimeoutBelowReadTimeout from './terminate-timeout-below-read-timeout.ts';
import tlsCertificateMissing from './tls-certificate-missing.ts';
import tlsCertificateUndefined from './tls-certificate-undefined.ts';
import unconditional503 from './unconditional-503.ts';
import unixPathTooLong from './unix-path-too-long.ts';
import unresolvedTemplateVariable from './unresolved-template-variable.ts';
import upstreamAllDown from './upstream-all-down.ts';
import upstreamDnsPinned from './upstream-dns-pinned.ts';
import upstreamDuplicate from './upstream-duplicate.ts';
import upstreamHostUnknown from './upstream-host-unknown.ts';
import upstreamKeepaliveOutlivesBackend from './upstream-keepalive-outlives-backend.ts';
import upstreamNameUndefined from './upstream-name-undefined.ts';
import upstreamResolveUnsupported from './upstream-resolve-unsupported.ts';
import upstreamSchemeMismatch from './upstream-scheme-mismatch.ts';
import upstreamServerPortMissing from './upstream-server-port-missing.ts';
import upstreamTlsVerifyBroken from './upstream-tls-verify-broken.ts';
import uwsgiBufferSizeSmall from './uwsgi-buffer-size-small.ts';
import uwsgiProtocolMismatch from './uwsgi-protocol-mismatch.ts';
import variablePassWithoutResolver from './variable-pass-without-resolver.ts';
import websocketReadTimeoutDefault from './websocket-read-timeout-default.ts';
import workerConnectionsTooFew from './worker-connections-too-few.ts';
import wrongModuleDirective from './wrong-module-directive.ts';
import xdebugStepDebugEnabled from './xdebug-step-debug-enabled.ts';
import zeroUpstreamTimeout from './zero-upstream-timeout.ts';
import zoneUnknown from './zone-unknown.ts';

/** Every rule, in the order of their ids. */
export const rules: readonly Rule[] = [
  allowedClientsExcludesNginx,
  ambiguousServiceNameOnSharedNetwork,
  appBindsLoopback,
  appMaintenanceFlag,
  appServerTimeoutBelowProxy,
  appSocketPermission,
  backupUnsupportedByBalancer,
  blackholeUpstreamAddress,
  bodySizeBelowPhpLimit,
  bufferSizesInconsistent,
  chdirChrootPrefixMissing,
  composeNoSharedNetwork,
  defaultPhpFpmSockWithoutWwwConf,
  defaultServerAnswers,
  directiveNewerThanFpm,
  duplicateContentHandler,
  duplicateDefaultServer,
  duplicateListen,
  eventsSectionMissing,
  fastcgiParamsMissing,
  fastcgiPassBadSyntax,
  fastcgiPassNotListened,
  fpmDaemonizesInContainer,
  fpmIncludeBroken,
  fpmInlineHashComment,
  fpmListenInvalid,
  fpmListenUnixPrefix,
  fpmListenWithoutPort,
  fpmLogPathUnwritable,
  fpmLoopbackInContainer,
  fpmPoolIncomplete,
  fpmSectionHeader,
  fpmSocketOwnerUnset,
  fpmSocketPermission,
  fpmSyntax,
  fpmUnknownEntry,
  fpmUnquotedSpecialChar,
  fpmValueInvalid,
  globalDirectiveAfterInclude,
  grpcToHttp1,
  httpsUpstreamPort80,
  httpsUpstreamWithoutSni,
  invalidProxyPassUrl,
  keepConnPinsWorkers,
  keepaliveByDefault,
  keepaliveDirectiveOrder,
  limitExtensionsMismatch,
  limitKeyIsProxyAddress,
  listenAclOverridesOwner,
  listenBacklogCapped,
  listenDirMissing,
  listenModeNotOctal,
  localhostDualStack,
  logFormatUnknown,
  loopbackUpstreamInContainer,
  maxChildrenExceedsMemory,
  maxChildrenSmallDefault,
  maxFailsBlackout,
  namedUpstreamWithPort,
  nginxDirectiveDuplicate,
  nginxDirectiveMisplaced,
  nginxIncludeMissing,
  nginxSyntax,
  nginxUnknownDirective,
  nginxUnknownVariable,
  nginxUserMissing,
  nginxValueInvalid,
  noPoolDefined,
  noRequestDeadline,
  nofileBelowWorkerConnections,
  numericUserWithoutGroup,
  opcachePreloadBroken,
  opcacheShmUnallocatable,
  pmDynamicInconsistent,
  poolListenConflict,
  poolRunsAsRoot,
  poolUserMissing,
  poolsShareOneTcpSocket,
  portDeclaredTwice,
  privateTmpSocket,
  processMaxStarvesPools,
  protocolMismatchFpmHttp,
  proxyLoop,
  proxyPortMismatch,
  publishedPortInsideNetwork,
  readTimeoutBelowAppLimit,
  readTimeoutMissing,
  removedPhpIniDirective,
  requestLimitSmall,
  resolverCannotSeeName,
  responseHeaderBufferSmall,
  retriesDisabledWithManyPeers,
  scriptPathMismatch,
  selinuxBlocksUpstream,
  sharedSocketUidMismatch,
  singleWorkerLoopback,
  socketBehindPrivateDir,
  stalePhpVersionSocket,
  suppressionUnknownRule,
  suppressionUnused,
  suppressionWithoutReason,
  systemdLimitBelowPool,
  terminateTimeoutBelowReadTimeout,
  tlsCertificateMissing,
  tlsCertificateUndefined,
  unconditional503,
  unixPathTooLong,
  unresolvedTemplateVariable,
  upstreamAllDown,
  upstreamDnsPinned,
  upstreamDuplicate,
  upstreamHostUnknown,
  upstreamKeepaliveOutlivesBackend,
  upstreamNameUndefined,
  upstreamResolveUnsupported,
  upstreamSchemeMismatch,
  upstreamServerPortMissing,
  upstreamTlsVerifyBroken,
  uwsgiBufferSizeSmall,
  uwsgiProtocolMismatch,
  variablePassWithoutResolver,
  websocketReadTimeoutDefault,
  workerConnectionsTooFew,
  wrongModuleDirective,
  xdebugStepDebugEnabled,
  zeroUpstreamTimeout,
  zoneUnknown,
];
