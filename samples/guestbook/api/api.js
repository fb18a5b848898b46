import http from 'node:http';
import pg from 'pg';
import Redis from 'ioredis';

const db = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 5 });
const queue = new Redis(process.env.REDIS_URL);
db.on('error', e => console.error(`database: ${e.message}`));
queue.on('error', e => console.error(`queue: ${e.message}`));

async function answer(request) {
  if (request.url === '/healthz') {
    await db.query('select 1');
    return [200, 'ok'];
  }
  if (request.url === '/entries' && request.method === 'GET') {
    return [200, (await db.query('select id, text, words from entries order by id desc limit 50')).rows];
  }
  if (request.url === '/entries' && request.method === 'POST') {
    let body = '';
    for await (const chunk of request) body += chunk;
    const text = String(JSON.parse(body).text ?? '').slice(0, 200);
    if (!text.trim()) return [422, { error: 'text is empty' }];
    const { rows: [entry] } = await db.query('insert into entries (text) values ($1) returning id', [text]);
    await queue.lpush('count', entry.id);
    return [201, entry];
  }
  return [404, { error: 'not found' }];
}

const server = http.createServer(async (request, response) => {
  try {
    const [status, body] = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  } catch (e) {
    console.error(`${request.method} ${request.url}: ${e.message}`);
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: 'internal' }));
  }
});
server.listen(8080, () => console.log('listening on 8080'));

process.on('SIGTERM', () => server.close(async () => {
  await db.end();
  queue.disconnect();
}));
