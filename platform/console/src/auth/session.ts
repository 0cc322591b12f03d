import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

/**
 * Login with authorization code and PKCE at the platform's own authorization server. Who the user is, with all
 * rights and settings, the console learns from the API; the id token says for whom the sign-in was.
 */
const manager = new UserManager({
  authority: window.location.origin,
  client_id: 'tenon-console',
  redirect_uri: `${window.location.origin}/auth/callback`,
  silent_redirect_uri: `${window.location.origin}/auth/silent`,
  response_type: 'code',
  scope: 'openid profile',
  // The tab's own storage: closing the tab forgets the token, other tabs get their own through the server's session.
  userStore: new WebStorageStateStore({ store: window.sessionStorage }),
  automaticSilentRenew: true,
  loadUserInfo: false,
});

let renewing: Promise<string | null> | null = null;

/** The access token, renewed through the server's session when it has expired; null when a login is needed. */
export async function accessToken(): Promise<string | null> {
  const user = await manager.getUser();
  if (user && !user.expired) return user.access_token;
  renewing ??= manager
    .signinSilent()
    .then((renewed) => renewed?.access_token ?? null)
    .catch(() => null)
    .finally(() => {
      renewing = null;
    });
  return renewing;
}

/** Goes to the login page and comes back to where the user was, or to the given page. */
export async function login(returnTo = window.location.pathname + window.location.search): Promise<never> {
  await manager.signinRedirect({ state: { returnTo } });
  return new Promise(() => undefined);
}

/** Ends the login redirect; answers where to go. */
export async function finishLogin(): Promise<string> {
  const user = await manager.signinRedirectCallback();
  const state = user.state as { returnTo?: string } | undefined;
  const returnTo = state?.returnTo ?? '/';
  return returnTo.startsWith('/') && !returnTo.startsWith('//') && !returnTo.startsWith('/auth/') ? returnTo : '/';
}

/** Runs inside the hidden frame of a silent renewal. */
export async function finishSilentRenewal(): Promise<void> {
  await manager.signinSilentCallback();
}

/** Forgets the token here and ends the session on the server. */
export async function logout(): Promise<void> {
  await manager.removeUser();
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/logout';
  const csrf = document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]+)/)?.[1];
  if (csrf) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = '_csrf';
    field.value = decodeURIComponent(csrf);
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

/** Used after the server refused a token: it was revoked, so it must not be tried again. */
export async function dropToken(): Promise<void> {
  await manager.removeUser();
}
