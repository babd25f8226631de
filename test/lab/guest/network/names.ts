import { createSocket } from 'node:dgram';

const TYPE_A = 1;
const NAME_ERROR = 3;
const HEADER = 12;

/**
 * The name server that a container finds at 127.0.0.11: it knows the names of its networks and no other.
 * https://www.rfc-editor.org/rfc/rfc1035#section-4.1
 */
export function serveNames(names: readonly (readonly [string, readonly string[]])[]): Promise<void> {
  const known = new Map(names.map(([name, addresses]) => [name.toLowerCase(), addresses]));
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const labels: string[] = [];
    let at = HEADER;
    while (at < query.length && query.readUInt8(at) > 0) {
      const length = query.readUInt8(at);
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const questionEnd = at + 5;
    if (query.length < questionEnd) return;
    const addresses = known.get(labels.join('.').toLowerCase());
    const isForA = query.readUInt16BE(at + 1) === TYPE_A;
    const answers = isForA ? (addresses ?? []).map(answerRecord) : [];
    const head = Buffer.alloc(HEADER);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (addresses === undefined ? NAME_ERROR : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(answers.length, 6);
    const reply = Buffer.concat([head, query.subarray(HEADER, questionEnd), ...answers]);
    socket.send(reply, from.port, from.address);
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.bind(53, '127.0.0.11', resolve);
  });
}

/** An address of the name that was asked for, good for ten minutes. */
function answerRecord(address: string): Buffer {
  const record = Buffer.from([0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0x02, 0x58, 0, 4]);
  return Buffer.concat([record, Buffer.from(address.split('.').map(Number))]);
}
