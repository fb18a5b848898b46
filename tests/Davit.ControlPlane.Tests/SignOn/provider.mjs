// A real OpenID provider (oidc-provider), and beside it what a test needs: keys that change, accounts that change, and answers
// that somebody has altered on their way.
import { createServer } from 'node:http'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import Provider from 'oidc-provider'
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'

const { client, secret, redirect, accounts } = JSON.parse(await new Response(process.stdin).text())
let issuer, keys, provider, tamper = null, hits = 0

async function rotate() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...await exportJWK(privateKey), kid: `key-${Date.now()}-${Math.random()}`, alg: 'RS256', use: 'sig' }
  keys = { privateKey, jwk }
  provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    clients: [{ client_id: client, client_secret: secret, redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ['test'] },
    pkce: { required: () => true },
    findAccount: (_, id) => accounts[id] && ({ accountId: id, claims: async () => ({ sub: id, ...accounts[id] }) }),
  })
}

async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') return provider.interactionFinished(request, response, { login: { accountId: params.login_hint } })
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
}

const part = value => Buffer.from(JSON.stringify(value)).toString('base64url')

async function altered(body) {
  const answer = JSON.parse(body)
  if (!answer.id_token) return body
  const claims = decodeJwt(answer.id_token)
  const header = { alg: 'RS256', kid: keys.jwk.kid }
  const { how, ...changes } = tamper
  Object.assign(claims, changes)
  for (const name of Object.keys(claims)) if (claims[name] === null) delete claims[name]
  const text = algorithm => `${part({ ...header, alg: algorithm })}.${part(claims)}`
  const publicJwk = JSON.stringify({ ...keys.jwk, d: undefined })
  if (how === 'none') answer.id_token = `${text('none')}.`
  else if (how === 'hmac') answer.id_token = `${text('HS256')}.${createHmac('sha256', publicJwk).update(text('HS256')).digest('base64url')}`
  else if (how === 'foreign-key') answer.id_token = await new SignJWT(claims).setProtectedHeader(header).sign(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
  else if (how === 'unknown-key') answer.id_token = await new SignJWT(claims).setProtectedHeader({ ...header, kid: 'nobody' }).sign(keys.privateKey)
  else answer.id_token = await new SignJWT(claims).setProtectedHeader(header).sign(keys.privateKey)
  return JSON.stringify(answer)
}

function alteringAnswers(response) {
  const end = response.end.bind(response)
  response.end = body => {
    altered(body.toString()).then(text => { response.setHeader('content-length', Buffer.byteLength(text)); end(text) })
    return response
  }
}

async function control(path, body) {
  if (path === '/test/rotate') await rotate()
  else if (path === '/test/tamper') tamper = body
  else if (path === '/test/account') accounts[body.id] = body.claims
  else if (path === '/test/token') return new SignJWT({ iss: issuer, ...body }).setProtectedHeader({ alg: 'RS256', kid: keys.jwk.kid }).sign(keys.privateKey)
  else if (path === '/test/hits') return String(hits)
  return ''
}

const server = createServer(async (request, response) => {
  try {
    if (request.url.startsWith('/test/')) {
      const text = await new Response(request).text()
      response.end(await control(request.url, text && JSON.parse(text)))
    } else if (request.url.startsWith('/interaction/')) await interact(request, response)
    else {
      if (request.url === '/jwks') hits++
      if (request.url === '/token' && tamper) alteringAnswers(response)
      await provider.callback()(request, response)
    }
  } catch (error) {
    response.statusCode = 500
    response.end(String(error?.stack ?? error))
  }
})
server.listen(0, '127.0.0.1', async () => {
  issuer = `http://127.0.0.1:${server.address().port}`
  await rotate()
  console.log(issuer)
})
