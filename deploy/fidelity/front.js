// Stands where Google stands: a proxy that ends TLS for Google's hosts and asks the emulator.
// Clients with Google's addresses built in need it; they trust its certificate for this run alone.
// node front.js EMULATOR_URL KEY_STORE PASSWORD: prints its port when it is ready.
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');

const [emulator, keyStore, passphrase] = process.argv.slice(2);
const target = new URL(emulator);
const HOSTS = new Set(['www.googleapis.com', 'oauth2.googleapis.com']);

const google = https.createServer({ pfx: fs.readFileSync(keyStore), passphrase }, (request, response) => {
  const asked = http.request(
    {
      host: target.hostname,
      port: target.port,
      method: request.method,
      path: request.url,
      headers: { ...request.headers, host: target.host },
    },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    },
  );
  asked.on('error', () => response.destroy());
  request.pipe(asked);
});

const proxy = http.createServer((request, response) => {
  response.writeHead(405).end('Only CONNECT\n');
});
proxy.on('connect', (request, socket, head) => {
  if (!HOSTS.has(request.url.replace(/:443$/, ''))) {
    socket.end('HTTP/1.1 403 Not Google\r\n\r\n');
    return;
  }
  socket.on('error', () => socket.destroy());
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  socket.unshift(head);
  google.emit('connection', socket);
});
proxy.listen(0, '127.0.0.1', () => console.log(proxy.address().port));
