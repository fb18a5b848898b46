import pg from 'pg';
import Redis from 'ioredis';

const db = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });
const queue = new Redis(process.env.REDIS_URL);
let running = true;
db.on('error', e => console.error(`database: ${e.message}`));
queue.on('error', e => console.error(`queue: ${e.message}`));
process.on('SIGTERM', () => { running = false; });

console.log('counting words');
while (running) {
  const job = await queue.brpop('count', 1);
  if (!job) continue;
  await db.query("update entries set words = array_length(regexp_split_to_array(trim(text), '\\s+'), 1) where id = $1", [job[1]]);
  console.log(`counted entry ${job[1]}`);
}
await db.end();
queue.disconnect();
