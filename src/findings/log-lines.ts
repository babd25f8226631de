/**
 * Lines that several rules predict, as they stand in the log of nginx: without time, level, process id and client part, and
 * with `<…>` for what differs from host to host.
 */

/** A unix socket that is not there. */
export const socketMissingLine =
  'connect() to unix:<path> failed (2: No such file or directory) while connecting to upstream';

/** A unix socket that the workers of nginx may not write to. */
export const socketDeniedLine =
  'connect() to unix:<path> failed (13: Permission denied) while connecting to upstream';

/** A port that nobody listens on. */
export const connectionRefusedLine =
  'connect() failed (111: Connection refused) while connecting to upstream';

/** An address that nobody in the network has. */
export const noRouteLine = 'connect() failed (113: No route to host) while connecting to upstream';

/** An answer that did not come in time. */
export const readTimedOutLine =
  'upstream timed out (110: Connection timed out) while reading response header from upstream';

/** A connection that was not accepted in time. */
export const connectTimedOutLine =
  'upstream timed out (110: Connection timed out) while connecting to upstream';

/** The other side died, or dropped a request it had not read. */
export const connectionResetLine =
  'recv() failed (104: Connection reset by peer) while reading response header from upstream';

/** The other side hung up without an answer. */
export const closedEarlyLine =
  'upstream prematurely closed connection while reading response header from upstream';

/** Every server of an upstream is marked as failed or down. */
export const noLiveUpstreamsLine = 'no live upstreams while connecting to upstream';

/** A header that does not fit into its buffer. */
export const headerTooBigLine = 'upstream sent too big header while reading response header from upstream';

/** A text in place of a TLS handshake. */
export const plainAnswerToTlsLine =
  'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream';

/** A text in place of a FastCGI record; 72 is the `H` of `HTTP`. */
export const notFastcgiLine =
  'upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream';

/** php-fpm does not find the file it should run. */
export const primaryScriptUnknownLine =
  'FastCGI sent in stderr: "Primary script unknown" while reading response header from upstream';

/** A port that the kernel's security module keeps nginx from. */
export const connectionDeniedLine =
  'connect() to <address> failed (13: Permission denied) while connecting to upstream';
