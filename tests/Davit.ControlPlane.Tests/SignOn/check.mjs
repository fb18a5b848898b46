// Checks a token as a third party does that knows the published keys and nothing else.
import { createLocalJWKSet, jwtVerify } from 'jose'

const { token, keys, issuer, audience } = JSON.parse(await new Response(process.stdin).text())
try {
  await jwtVerify(token, createLocalJWKSet(keys), { issuer, audience, algorithms: ['ES256'], typ: 'at+jwt' })
  console.log('good')
} catch (error) {
  console.log(error.code)
}
