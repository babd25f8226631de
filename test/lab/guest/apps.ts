import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer,
  type ListenOptions,
  type Server,
  type Socket,
} from 'node:net';
import { join } from 'node:path';
import type { App } from '../plan.ts';
import { until } from './daemon.ts';

/** Starts the programs of a host that run, and waits until each can be reached. */
export async function startApps(root: string, apps: readonly App[]): Promise<void> {
  for (const app of apps) {
    if (!app.runs) continue;
    if (app.program === undefined) await startServer(root, app);
    else await startProgram(root, app, app.program);
  }
}

/** Starts one of the small programs at an address. */
export function startServer(root: string, app: App): Promise<unknown> {
  return listen(serverFor(root, app), root, app.address);
}

function serverFor(root: string, app: App): Server {
  switch (app.protocol) {
    case 'http':
      return createHttp(answer(app.name));
    case 'https':
      return createHttps(certificate(root), answer(app.name));
    case 'h2c':
      return createHttp2((_, response) => {
        response.writeHead(200, { 'content-type': 'application/grpc' });
        response.end(`${app.name}\n`);
      });
    case 'fastcgi':
      return createServer((socket) => answerFastcgi(socket, app.name));
    case 'uwsgi':
      return createServer((socket) => answerUwsgi(socket, app.name));
    case 'closing':
      return createServer((socket) => socket.once('data', () => socket.end()));
    case 'silent':
      return createServer((socket) => socket.on('error', () => socket.destroy()));
    default:
      return app.protocol satisfies never;
  }
}

/** `/slow` takes two seconds, `/big` has 8 kB of headers, everything else is the app's name. */
function answer(name: string): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const path = request.url ?? '/';
    const headers: Record<string, string> = { 'content-type': 'text/plain' };
    if (path.includes('/big')) for (let at = 0; at < 40; at++) headers[`x-tag-${at}`] = 'x'.repeat(200);
    const send = (): void => {
      response.writeHead(path.includes('/fail') ? 500 : 200, headers);
      response.end(`${name} ${path}\n`);
    };
    if (path.includes('/slow')) setTimeout(send, 2_000);
    else send();
  };
}

const FCGI_VERSION = 1;
const FCGI_STDIN = 5;
const FCGI_STDOUT = 6;
const FCGI_END_REQUEST = 3;

/** A FastCGI responder of one request a connection, which hangs up on all else: enough for nginx. https://fastcgi-archives.github.io/FastCGI_Specification.html#S3.3 */
function answerFastcgi(socket: Socket, name: string): void {
  let received = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (received.readUInt8(0) !== FCGI_VERSION) {
      socket.end();
      return;
    }
    for (;;) {
      const length =
        received.length < 8 ? Number.POSITIVE_INFINITY : received.readUInt16BE(4) + received.readUInt8(6);
      if (received.length < 8 + length) return;
      const type = received.readUInt8(1);
      const empty = received.readUInt16BE(4) === 0;
      received = received.subarray(8 + length);
      if (type === FCGI_STDIN && empty) {
        socket.write(record(FCGI_STDOUT, `Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n${name}\n`));
        socket.end(Buffer.concat([record(FCGI_STDOUT, ''), record(FCGI_END_REQUEST, '\0'.repeat(8))]));
      }
    }
  });
}

function record(type: number, content: string): Buffer {
  const body = Buffer.from(content, 'latin1');
  const head = Buffer.from([1, type, 0, 1, body.length >> 8, body.length & 255, 0, 0]);
  return Buffer.concat([head, body]);
}

/** As uWSGI's own `buffer-size` and `socket-timeout` are. */
const UWSGI_BLOCK_MAX = 4096;
const UWSGI_TIMEOUT_MS = 4_000;

/**
 * A uwsgi responder of one request a connection. What is no uwsgi packet ends as with uWSGI itself: a size above its buffer, as
 * the letters of `GET` make one, a kind of request that it has no plugin for, or a packet that never ends, closes the connection
 * without a word.
 * https://uwsgi-docs.readthedocs.io/en/latest/Protocol.html
 */
function answerUwsgi(socket: Socket, name: string): void {
  let received = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.setTimeout(UWSGI_TIMEOUT_MS, () => socket.end());
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (received.length < 4) return;
    const [kind, size] = [received.readUInt8(0), received.readUInt16LE(1)];
    if (size > UWSGI_BLOCK_MAX) socket.end();
    else if (received.length >= 4 + size)
      socket.end(kind === 0 ? `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n${name}\n` : '');
  });
}

/** A self-signed certificate made on the spot, so that no key lies in the repository. */
function certificate(root: string): { readonly key: Buffer; readonly cert: Buffer } {
  const key = join(root, 'tmp/app.key');
  const cert = join(root, 'tmp/app.crt');
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const files = ['-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-nodes', ...curve, ...files, '-subj', '/CN=app.example.com'], {
    stdio: 'ignore',
  });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** The options of `listen` for an address; a unix socket lies in the host's root. */
function listenOptions(root: string, address: string): ListenOptions {
  if (address.startsWith('unix:')) return { path: join(root, address.slice(5)) };
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '');
  const port = Number(address.slice(colon + 1));
  return host === '*' ? { port } : { port, host };
}

function listen(server: Server, root: string, address: string): Promise<AddressInfo | string | null> {
  const options = listenOptions(root, address);
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(options, () => {
      if (options.path !== undefined) chmodSync(options.path, 0o666);
      resolve(server.address());
    });
  });
}

async function startProgram(root: string, app: App, program: string): Promise<void> {
  const file = join(root, `tmp/${app.name}.mjs`);
  writeFileSync(file, program);
  spawn(process.execPath, [file], { cwd: root, env: { ROOT: root }, stdio: 'ignore' });
  const { path, port, host } = listenOptions(root, app.address);
  const ready = await until(
    () =>
      new Promise<boolean>((resolve) => {
        const probe =
          path === undefined ? connect({ port: port ?? 0, host: host ?? '127.0.0.1' }) : connect(path);
        probe.on('connect', () => resolve(true)).on('error', () => resolve(false));
        probe.on('connect', () => probe.destroy());
      }),
    5_000,
  );
  if (!ready) throw new Error(`the program of ${app.name} does not listen on ${app.address}`);
}
