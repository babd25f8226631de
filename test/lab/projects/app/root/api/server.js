const { createServer } = require('node:http');

createServer((request, response) => {
  response.setHeader('content-type', 'text/plain');
  response.end(`api ${request.url}\n`);
}).listen(process.env.PORT);
