// validate.mjs DIRECTORY NAME: reads lines of {"schema": ..., "values": [...]} and answers each with the list of what the
// validator of that name says of the values: true, false, or null where it gives up. DIRECTORY holds node_modules.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [directory, name] = process.argv.slice(2);
const require = createRequire(`${directory}/`);

const compilers = {
    ajv() {
        const Ajv = require('ajv/dist/2020').default;
        const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, addUsedSchema: false, logger: false });
        return schema => {
            try { return ajv.compile(schema); } finally { if (typeof schema === 'object') ajv.removeSchema(schema); }
        };
    },
    cfworker() {
        const { Validator } = require('@cfworker/json-schema');
        return schema => {
            const validator = new Validator(schema, '2020-12');
            return value => validator.validate(value).valid;
        };
    },
};

const attempt = action => {
    try { return action(); } catch { return null; }
};

const compile = compilers[name]();
for await (const line of createInterface({ input: process.stdin })) {
    const { schema, values } = JSON.parse(line);
    const accepts = attempt(() => compile(schema));
    process.stdout.write(`${JSON.stringify(values.map(value => accepts && attempt(() => accepts(value))))}\n`);
}
