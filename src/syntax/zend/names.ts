import { phpConstant } from './constants.ts';
import { known, type Names } from './value.ts';

/** What a php-fpm would know when it reads its files. */
export interface Surroundings {
  /** `8.2` or `8.2.36`. */
  readonly phpVersion?: string | undefined;
  /** The environment it is started with, where it is known; absent makes `${NAME}` unknown. */
  readonly env?: ReadonlyMap<string, string> | undefined;
}

/** Constants by version, variables from the environment. */
export function namesIn({ phpVersion, env }: Surroundings): Names {
  return {
    constant: (name) => phpConstant(name, phpVersion),
    variable(name) {
      const set = env?.get(name);
      if (set !== undefined) return known(set);
      if (env) return undefined;
      const why = `the environment variable ${name} of php-fpm is not known`;
      return { kind: 'unknown', why, text: `\${${name}}` };
    },
  };
}
