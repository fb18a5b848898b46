import pg from 'pg';

// Safe to run again: each release runs it once before its instances start.
const db = new pg.Client({ connectionString: process.env.DATABASE_URL });
await db.connect();
await db.query('create table if not exists entries (id serial primary key, text text not null, words int, made timestamptz not null default now())');
console.log('the table entries is there');
await db.end();
