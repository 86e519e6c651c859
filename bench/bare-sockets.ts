/**
 * The limit for events: node:http and ws, and nothing else. Who posts `{ to, frame }` has the frame sent to the socket
 * that opened as `to`; `*` is all of them. No GraphQL, no sign-in. What WRITE_PLAN says is on the disk before; without it
 * nothing is kept.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { plannedWrite } from './bare-rows.ts';

const plan = process.env['WRITE_PLAN'];
const write = plan ? plannedWrite(plan) : () => {};
const sockets = new Map<string, WebSocket>();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { to, frame } = JSON.parse(Buffer.concat(chunks).toString());
    const text = JSON.stringify(frame);
    write();
    for (const socket of to === '*' ? sockets.values() : [sockets.get(to)]) socket?.send(text);
    const body = JSON.stringify({ data: { sent: true } });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});

const upgrades = new WebSocketServer({ server, perMessageDeflate: false });
upgrades.on('connection', (socket, request) => sockets.set(request.url?.slice(1) ?? '', socket));

server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => process.exit(0));
