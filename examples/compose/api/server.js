require('node:http')
  .createServer((_, response) => response.end('api\n'))
  .listen(process.env.PORT);
