import type { AppLimits, SocketFacts } from '../../app.ts';
import { type Call, hasOption, optionValues } from '../call.ts';
import { limitOf, type ServerSpec } from '../server-spec.ts';

/** Servers of Python applications. */
export const pythonServers: readonly ServerSpec[] = [
  {
    programs: ['gunicorn', 'gunicorn3'],
    url: 'https://docs.gunicorn.org/en/stable/settings.html#bind',
    protocol: 'http',
    tls: ['--certfile', '--keyfile'],
    bind: ['-b', '--bind'],
    portVariables: ['PORT'],
    defaults: { host: '127.0.0.1', port: 8000 },
    variableHost: '0.0.0.0',
    elsewhere: ['-c', '--config', '--paste'],
    ownFile: 'gunicorn.conf.py',
    socketFacts: gunicornSocket,
    limits: gunicornLimits,
  },
  {
    programs: ['uvicorn'],
    url: 'https://www.uvicorn.org/settings/#socket-binding',
    protocol: 'http',
    tls: ['--ssl-keyfile', '--ssl-certfile'],
    socket: ['--uds'],
    port: ['--port'],
    host: ['--host'],
    portVariables: ['UVICORN_PORT'],
    hostVariables: ['UVICORN_HOST'],
    defaults: { host: '127.0.0.1', port: 8000 },
    elsewhere: ['--fd'],
    // https://github.com/encode/uvicorn/blob/master/uvicorn/server.py makes it writable for everybody.
    socketFacts: () => ({ mode: 0o666 }),
    limits: (call) => keepAlive(call, ['--timeout-keep-alive'], 5),
  },
  {
    programs: ['hypercorn'],
    url: 'https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html',
    protocol: 'http',
    tls: ['--certfile', '--keyfile'],
    bind: ['-b', '--bind'],
    defaults: { host: '127.0.0.1', port: 8000 },
    elsewhere: ['-c', '--config'],
    limits: (call) => keepAlive(call, ['--keep-alive'], 5),
  },
  {
    programs: ['daphne'],
    url: 'https://github.com/django/daphne#running',
    protocol: 'http',
    socket: ['-u', '--unix-socket'],
    port: ['-p', '--port'],
    host: ['-b', '--bind'],
    defaults: { host: '127.0.0.1', port: 8000 },
    elsewhere: ['-e', '--endpoint', '--fd'],
  },
  {
    programs: ['waitress-serve'],
    url: 'https://docs.pylonsproject.org/projects/waitress/en/stable/runner.html',
    protocol: 'http',
    bind: ['--listen'],
    socket: ['--unix-socket'],
    port: ['--port'],
    host: ['--host'],
    defaults: { host: '0.0.0.0', port: 8080 },
    socketFacts: waitressSocket,
  },
  {
    programs: ['flask'],
    url: 'https://flask.palletsprojects.com/en/stable/cli/',
    commands: ['run'],
    protocol: 'http',
    tls: ['--cert'],
    port: ['-p', '--port'],
    host: ['-h', '--host'],
    portVariables: ['FLASK_RUN_PORT'],
    hostVariables: ['FLASK_RUN_HOST'],
    defaults: { host: '127.0.0.1', port: 5000 },
  },
  {
    programs: ['fastapi'],
    url: 'https://fastapi.tiangolo.com/deployment/manually/',
    commands: ['run'],
    protocol: 'http',
    port: ['--port'],
    host: ['--host'],
    defaults: { host: '0.0.0.0', port: 8000 },
  },
  {
    programs: ['granian'],
    url: 'https://github.com/emmett-framework/granian#options',
    protocol: 'http',
    tls: ['--ssl-certificate', '--ssl-keyfile'],
    socket: ['--uds'],
    port: ['--port'],
    host: ['--host'],
    portVariables: ['GRANIAN_PORT'],
    hostVariables: ['GRANIAN_HOST'],
    defaults: { host: '127.0.0.1', port: 8000 },
  },
  {
    programs: ['streamlit'],
    url: 'https://docs.streamlit.io/develop/api-reference/configuration/config.toml#server',
    commands: ['run'],
    protocol: 'http',
    port: ['--server.port'],
    host: ['--server.address'],
    portVariables: ['STREAMLIT_SERVER_PORT'],
    hostVariables: ['STREAMLIT_SERVER_ADDRESS'],
    defaults: { host: '*', port: 8501 },
  },
];

/** The workers that handle one request after the other, for whom the timeout is that of a request. */
const plainWorkers: ReadonlySet<string> = new Set(['sync', 'gunicorn.workers.sync.SyncWorker']);

function gunicornLimits(call: Call): AppLimits {
  const { args } = call;
  const worker = optionValues(args, ['-k', '--worker-class']).at(-1);
  const threads = hasOption(args, ['--threads']);
  // A file of settings may choose another worker, for whom it is no limit of a request.
  const isSync = worker ? plainWorkers.has(worker.text) : !threads && !hasOption(args, ['-c', '--config']);
  const timeout = limitOf(call, ['--timeout', '-t'], 30);
  // Zero is no limit. https://docs.gunicorn.org/en/stable/settings.html#timeout
  return isSync && timeout && timeout.value > 0 ? { requestSeconds: timeout } : {};
}

function keepAlive(call: Call, names: readonly string[], byDefault: number): AppLimits {
  const limit = limitOf(call, names, byDefault);
  return limit ? { keepAliveSeconds: limit } : {};
}

/** https://docs.gunicorn.org/en/stable/settings.html#umask: zero unless said, and read as octal where it begins so. */
function gunicornSocket({ args }: Call): SocketFacts | undefined {
  if (hasOption(args, ['-c', '--config']) && !hasOption(args, ['-m', '--umask'])) return undefined;
  const umask = optionValues(args, ['-m', '--umask']).at(-1);
  if (!umask) return { mode: 0o777 };
  const isOctal = /^0[0-7]*$/.test(umask.text);
  if (!isOctal && !/^[1-9]\d*$/.test(umask.text)) return undefined;
  return { mode: 0o777 & ~Number.parseInt(umask.text, isOctal ? 8 : 10), span: umask.span };
}

/** https://docs.pylonsproject.org/projects/waitress/en/stable/arguments.html: `600` unless said. */
function waitressSocket({ args }: Call): SocketFacts | undefined {
  const mode = optionValues(args, ['--unix-socket-perms']).at(-1);
  if (!mode) return { mode: 0o600 };
  return /^[0-7]{3,4}$/.test(mode.text)
    ? { mode: Number.parseInt(mode.text, 8), span: mode.span }
    : undefined;
}
