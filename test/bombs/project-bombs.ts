import { type Bomb, numbered } from './bombs.ts';

const web =
  'services:\n  web:\n    image: nginx:1.22\n    volumes: [./site.conf:/etc/nginx/conf.d/default.conf]\n';
const built = `${web.replace('image: nginx:1.22', 'build: .')}`;
const site =
  'server {\n    listen 80;\n    location / {\n        proxy_read_timeout 60s;\n        proxy_pass http://app:3000;\n    }\n}\n';

/** A project with one server that passes to a service that is not there. */
export const quietProject: Bomb['files'] = { 'compose.yaml': web, 'site.conf': site };

/** What is judged where the whole project could be read. */
const judged = /no container is called "app"/;
const notWhole = (why: string): RegExp => new RegExp(`the compose project was not read whole: ${why}`);
/** Nothing is known of the container in which nginx would run. */
const notJudged = /no problem found/;

/** The same for compose projects: each took all time or all memory there is, or ended in a fault of no502. */
export const projectBombs: readonly Bomb[] = [
  {
    title: 'a project that can be read',
    files: {},
    says: judged,
  },
  {
    title: 'a large file that is included a thousand times',
    files: {
      'compose.yaml': `include:\n${'  - path: big.yaml\n'.repeat(1000)}${web}`,
      'big.yaml': `services:\n${numbered(20_000, (number) => `  s${number}: { image: x }\n`)}`,
    },
    says: notWhole('\\S*big\\.yaml is not read: with it, the files of the project are too long'),
  },
  {
    title: 'thousands of services of which each is in the network of the next',
    files: {
      'compose.yaml': `${web}${numbered(5000, (number) => `  s${number}: { image: x, network_mode: "service:s${number + 1}" }\n`)}`,
    },
    says: notWhole('a project has no more than 200 services'),
  },
  {
    title: 'two hundred services of which each is in the network of the next',
    files: {
      'compose.yaml': `${web}${numbered(199, (number) => `  s${number}: { image: x, network_mode: "service:s${(number + 1) % 198}" }\n`)}`,
    },
    says: judged,
  },
  {
    title: 'a large file that two hundred containers mount',
    files: {
      'compose.yaml': `${web.replace('[', '&v [')}${numbered(199, (number) => `  s${number}: { image: nginx:1.22, volumes: *v }\n`)}`,
      'site.conf': `${site}${'# a comment that is not short\n'.repeat(80_000)}`,
    },
    says: /no container is called "app"/,
  },
  {
    title: 'ten thousand mounts',
    files: {
      'compose.yaml': `${web.replace(/ \[.*/, '')}${numbered(10_000, (number) => `      - ./site.conf:/etc/nginx/conf.d/${number}.conf\n`)}`,
    },
    says: notJudged,
  },
  {
    title: 'a Dockerfile of ten thousand copies',
    files: {
      'compose.yaml': built,
      Dockerfile: `FROM nginx:1.22\n${numbered(10_000, (number) => `COPY site.conf /etc/nginx/conf.d/${number}.conf\n`)}`,
    },
    says: notJudged,
  },
  {
    title: 'stages that each begin as the one before',
    files: {
      'compose.yaml': built,
      Dockerfile: `FROM nginx:1.22 AS s0\n${numbered(8000, (number) => `FROM s${number} AS s${number + 1}\nCOPY a /${number}\n`)}`,
    },
    says: notJudged,
  },
  {
    title: 'an instruction of a hundred thousand words',
    files: {
      'compose.yaml': built,
      Dockerfile: `FROM nginx:1.22\nEXPOSE${' 1'.repeat(125_000)}\n`,
    },
    says: judged,
  },
  {
    title: 'a start script that negates itself a hundred thousand times',
    files: {
      'compose.yaml': web
        .replace('image', 'entrypoint: /start.sh\n    image')
        .replace('[', '[./start.sh:/start.sh, '),
      'start.sh': `#!/bin/sh\n${'! '.repeat(100_000)}x\n`,
    },
    says: notJudged,
  },
  {
    title: 'a start script that waits for what waits',
    files: {
      'compose.yaml': web.replace('image', `command: ${'exec env '.repeat(30_000)}x\n    image`),
    },
    says: notJudged,
  },
];
