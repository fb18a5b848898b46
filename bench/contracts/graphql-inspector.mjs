import { readFileSync } from 'node:fs';
import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const [, , before, after] = process.argv;
// One of the real schemas names two fields twice, which validation refuses.
const read = (file) => buildSchema(readFileSync(file, 'utf8'), { assumeValidSDL: true });
const changes = await diff(read(before), read(after));
console.log(changes.length);
