/** A size as nginx's files write it, in its largest whole unit: `64k`, `1m`, `100`. */
export function nginxSizeText(bytes: number): string {
  const mega = 1024 * 1024;
  if (bytes !== 0 && bytes % mega === 0) return `${bytes / mega}m`;
  return bytes !== 0 && bytes % 1024 === 0 ? `${bytes / 1024}k` : String(bytes);
}
