/** A failed system call, in the words nginx and php-fpm put into their logs: `(2: No such file or directory)`. */
export interface Errno {
  /** The number Linux gives it. */
  readonly errno: number;
  /** What strerror(3) of glibc says. */
  readonly message: string;
}

/**
 * The errors that opening, reading and listing files meet. Numbers and words are those of Linux with glibc, because they
 * stand in the daemons' logs, wherever no502 itself runs.
 * https://sourceware.org/glibc/manual/latest/html_node/Error-Codes.html
 */
export const ERRNO = {
  EPERM: { errno: 1, message: 'Operation not permitted' },
  ENOENT: { errno: 2, message: 'No such file or directory' },
  EIO: { errno: 5, message: 'Input/output error' },
  ENXIO: { errno: 6, message: 'No such device or address' },
  EACCES: { errno: 13, message: 'Permission denied' },
  ENOTDIR: { errno: 20, message: 'Not a directory' },
  EISDIR: { errno: 21, message: 'Is a directory' },
  EINVAL: { errno: 22, message: 'Invalid argument' },
  ENFILE: { errno: 23, message: 'Too many open files in system' },
  EMFILE: { errno: 24, message: 'Too many open files' },
  ENAMETOOLONG: { errno: 36, message: 'File name too long' },
  ELOOP: { errno: 40, message: 'Too many levels of symbolic links' },
  ESTALE: { errno: 116, message: 'Stale file handle' },
} as const satisfies Readonly<Record<string, Errno>>;

/** The name of an error in the table: `ENOENT`. */
export type ErrorCode = keyof typeof ERRNO;

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRNO, code);
}

/**
 * The code of an error that a `FileSystem` threw; anything the table does not know counts as `EIO`.
 * What is no system error at all is a bug, and thrown again.
 */
export function errorCodeOf(error: unknown): ErrorCode {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return isErrorCode(error.code) ? error.code : 'EIO';
}

/** Why something failed, in Node's words and without the call and the path, which may be one of ours beside the file that is meant. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.replace(/^([A-Z]+: [^,]+), .*$/s, '$1');
}

/** The error that Node's `node:fs` would throw where a system call fails, for file systems that are no disk. */
export function systemError(code: ErrorCode, syscall: string, path: string): Error {
  const { message, errno } = ERRNO[code];
  return Object.assign(new Error(`${code}: ${message}, ${syscall} '${path}'`), {
    code,
    errno: -errno,
    syscall,
    path,
  });
}
