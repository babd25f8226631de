import type { ServerSpec } from '../server-spec.ts';

/** Servers of Ruby applications. */
export const rubyServers: readonly ServerSpec[] = [
  {
    programs: ['puma'],
    url: 'https://github.com/puma/puma#binding-tcp--sockets',
    protocol: 'http',
    bind: ['-b', '--bind'],
    port: ['-p', '--port'],
    defaults: { host: '0.0.0.0' },
    elsewhere: ['-C', '--config'],
  },
  {
    programs: ['rails'],
    url: 'https://guides.rubyonrails.org/command_line.html#bin-rails-server',
    commands: ['server', 's'],
    protocol: 'http',
    port: ['-p', '--port'],
    host: ['-b', '--binding'],
    defaults: { host: 'localhost' },
  },
  {
    programs: ['unicorn', 'unicorn_rails'],
    url: 'https://yhbt.net/unicorn/unicorn_1.html',
    protocol: 'http',
    bind: ['-l', '--listen'],
    port: ['-p', '--port'],
    host: ['-o', '--host'],
    defaults: { host: '0.0.0.0' },
    elsewhere: ['-c', '--config-file'],
  },
  {
    programs: ['thin'],
    url: 'https://github.com/macournoyer/thin#usage',
    commands: ['start'],
    protocol: 'http',
    socket: ['-S', '--socket'],
    port: ['-p', '--port'],
    host: ['-a', '--address'],
    defaults: { host: '0.0.0.0', port: 3000 },
    elsewhere: ['-C', '--config', '-s', '--servers'],
  },
  {
    programs: ['rackup'],
    url: 'https://github.com/rack/rackup#usage',
    protocol: 'http',
    port: ['-p', '--port'],
    host: ['-o', '--host'],
    defaults: { host: 'localhost', port: 9292 },
  },
];
