/** The options of php-fpm that change what it reads, or that are stronger than it. https://www.php.net/manual/en/install.fpm.php and `php-fpm -h` */
export interface FpmOptions {
  readonly config?: string;
  readonly prefix?: string;
  readonly ini?: string;
  /** What `-D` and `-F` say, whatever `daemonize` does; of both the last counts. Absent where there is neither. */
  readonly inBackground?: boolean;
}

/** Reads them out of the words behind the program. */
export function fpmOptions(words: readonly string[]): FpmOptions {
  const options: { config?: string; prefix?: string; ini?: string } = {};
  const keys = {
    '-y': 'config',
    '--fpm-config': 'config',
    '-p': 'prefix',
    '--prefix': 'prefix',
    '-c': 'ini',
    '--php-ini': 'ini',
  } as const;
  words.forEach((word, index) => {
    for (const [flag, key] of Object.entries(keys)) {
      if (word === flag) options[key] = words[index + 1] ?? '';
      else if (flag.startsWith('--') && word.startsWith(`${flag}=`))
        options[key] = word.slice(flag.length + 1);
      else if (!flag.startsWith('--') && word.startsWith(flag) && word.length > 2 && word[1] !== '-') {
        options[key] = word.slice(2).replace(/^=/, '');
      }
    }
  });
  const inBackground = backgroundOf(words);
  return { ...options, ...(inBackground !== undefined && { inBackground }) };
}

const WITH_A_VALUE = new Set([
  ...['-c', '-d', '-g', '-p', '-y'],
  ...['--php-ini', '--define', '--pid', '--prefix', '--fpm-config'],
]);

/** Letters without a value may stand behind one dash: `-RF`. */
function backgroundOf(words: readonly string[]): boolean | undefined {
  let inBackground: boolean | undefined;
  for (const [at, word] of words.entries()) {
    if (WITH_A_VALUE.has(words[at - 1] ?? '')) continue;
    const letters = /^-[a-zA-Z?]+$/.test(word) && !/^-[cdgpy]/.test(word) ? word : '';
    const [background, foreground] = [letters.lastIndexOf('D'), letters.lastIndexOf('F')];
    if (word === '--daemonize' || background > foreground) inBackground = true;
    if (word === '--nodaemonize' || foreground > background) inBackground = false;
  }
  return inBackground;
}
