import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RequestPlan } from '../plan.ts';

/** What came back to a visitor. */
export interface Answer {
  readonly status: number | null;
  readonly body: string;
}

const NOBODY: Answer = { status: null, body: '' };

/** Sends one request to the loopback address, whatever name its URL gives, and waits ten seconds at most. */
export function visit(plan: RequestPlan): Promise<Answer> {
  const { hostname } = new URL(plan.url);
  return visitAt(hostname === '[::1]' ? '::1' : '127.0.0.1', plan);
}

/** The same to an address. */
export function visitAt(address: string, plan: RequestPlan): Promise<Answer> {
  const url = new URL(plan.url);
  const secure = url.protocol === 'https:';
  const options = {
    host: address,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    method: plan.method,
    path: `${url.pathname}${url.search}`,
    headers: { Host: url.host, ...Object.fromEntries(plan.headers) },
    agent: false,
    timeout: 10_000,
  } as const;
  return new Promise((resolve) => {
    const send = secure
      ? httpsRequest({ ...options, rejectUnauthorized: false, servername: url.hostname })
      : httpRequest(options);
    send.on('response', (response) => {
      const status = response.statusCode ?? null;
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (body.length < 10_000) body += chunk;
      });
      response.on('close', () => resolve({ status, body }));
      response.on('error', () => resolve({ status, body }));
    });
    send.on('timeout', () => send.destroy());
    send.on('error', () => resolve(NOBODY));
    send.end();
  });
}
