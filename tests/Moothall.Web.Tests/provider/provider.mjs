// A certified OpenID provider on loopback, for the tests of signing in. It is told by one line of JSON on standard input what it is called, which keys it signs with,
// which programs may use it and whom it knows; it says `listening PORT` and serves until its standard input ends.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const lines = createInterface({ input: process.stdin });
const told = JSON.parse(await new Promise((resolve) => lines.once('line', resolve)));
lines.once('close', () => process.exit(0));

const server = createServer();
await new Promise((resolve) => server.listen(told.port ?? 0, '127.0.0.1', resolve));

// What was asked of whoever signed in last, for the claim `vot` of GOV.UK One Login.
const asked = new Map();

const provider = new Provider(told.issuer, {
  jwks: told.keys,
  clients: told.clients,
  cookies: { keys: ['only for tests'] },
  conformIdTokenClaims: told.userInfo === true,
  claims: { openid: ['sub', 'vot', 'sid', 'acr'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username', 'groups'] },
  extraParams: ['vtr'],
  acrValues: told.acr ?? [],
  pkce: { required: () => true },
  clientBasedCORS: () => false,
  enabledJWA: {
    idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'],
    clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256'],
  },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => { ctx.body = `<!doctype html><title>Sign out</title><h1>Sign out</h1>${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`; },
    },
  },
  ttl: { AccessToken: 180, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 3600, Grant: 3600 },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => {
    const person = told.people[id];
    return person && { accountId: id, claims: () => ({ sub: id, vot: asked.get(id), ...person }) };
  },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
  renderError: (ctx, out) => { ctx.type = 'text'; ctx.body = `${out.error}: ${out.error_description ?? ''}`; },
});
provider.proxy = true;
provider.on('server_error', (ctx, error) => console.error(error));
const serve = provider.callback();

server.on('request', async (request, response) => {
  const interaction = /^\/interaction\/([\w-]+)$/.exec(request.url);
  if (!interaction) return serve(request, response);
  try {
    const details = await provider.interactionDetails(request, response);
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      return response.end('<!doctype html><title>Sign in</title><h1>Sign in at the provider</h1><form method="post"><label>Who are you? <input name="person"></label> <button name="act" value="in">Sign in</button> <button name="act" value="cancel">Cancel</button></form>');
    }
    let body = '';
    for await (const part of request) body += part;
    const form = new URLSearchParams(body);
    if (form.get('act') === 'cancel') return await provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'They did not want to' });
    const who = form.get('person');
    if (details.params.vtr) asked.set(who, JSON.parse(details.params.vtr)[0]);
    return await provider.interactionFinished(request, response, { login: { accountId: who, acr: details.params.acr_values?.split(' ')[0] } });
  } catch (error) {
    response.statusCode = 400;
    return response.end(String(error.message));
  }
});
console.log(`listening ${server.address().port}`);
