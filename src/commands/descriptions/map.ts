import { mapFormatNames } from '../../map/formats.ts';
import { type CommandDescription, generalOptions } from '../option.ts';
import { formatOption, outputOption } from './output-options.ts';
import { hostOptions, inputOptions } from './read-options.ts';

/** `no502 map [paths..]` */
export const mapDescription = {
  name: 'map',
  positionals: '[paths..]',
  title: 'Draw who talks to whom',
  description: [
    'Draws each host with the servers of its nginx, the locations that pass requests on, the addresses they are passed to and who listens there, and marks what is broken (✗), at risk (!), unknown (?) and what no request comes to (-). It reads what no502 check reads, and takes what that finds from the same rules.',
  ],
  groups: [
    {
      title: 'Input',
      options: [
        ...inputOptions,
        {
          name: 'stdin-filename',
          takes: 'FILE',
          description: 'The file that standard input is to stand for',
        },
      ],
    },
    hostOptions,
    {
      title: 'Output',
      options: [formatOption(mapFormatNames, 'tree'), outputOption('map')],
    },
    generalOptions,
  ],
  examples: [
    ['no502 map', 'the host it runs on, in the terminal'],
    ['no502 map --root deploy/root -f mermaid', 'for a ticket or a README that draws Mermaid'],
    ['no502 map -f dot | dot -Tsvg > map.svg', 'as a picture, by Graphviz'],
  ],
  sections: [
    {
      title: 'Exit status',
      lines: [
        ['0', 'the map was drawn, whatever is broken on it'],
        ['2', 'the call, a named file or the configuration file is wrong'],
        ['3', 'a fault of no502: please report it'],
      ],
    },
  ],
} as const satisfies CommandDescription;
