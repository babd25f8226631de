/** `/var/www` of `/var/www/shop`; `/` of `/srv`. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** `shop` of `/var/www/shop`: what stands behind the last slash. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a path is right in a directory; the same as to compare {@link directoryOf}, without the new text. */
export function liesIn(path: string, directory: string): boolean {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? directory === '/' : slash === directory.length && path.startsWith(directory);
}
