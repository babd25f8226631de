import { configName } from '../../config/read-config.ts';
import { type CommandDescription, generalOptions } from '../option.ts';

/** `no502 init` */
export const initDescription = {
  name: 'init',
  positionals: '',
  title: `Begin a ${configName}`,
  description: [
    `Writes a ${configName} into the current directory: the host that is found below it, the ports that nginx dials and nobody declares, and every other key commented out, each with what it is for. One that is there is left as it is.`,
  ],
  groups: [
    {
      title: 'Input',
      options: [{ name: 'root', takes: 'DIR', description: "The directory that plays the host's /" }],
    },
    generalOptions,
  ],
  examples: [['no502 init --root deploy/root', 'begin with that host']],
  sections: [],
} as const satisfies CommandDescription;
