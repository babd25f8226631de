/** Whether php-fpm takes a `process.priority`; 64 is php-fpm's own mark for "not set", so it passes. */
export function isPriority(value: number): boolean {
  return value === 64 || (value >= -19 && value <= 20);
}
