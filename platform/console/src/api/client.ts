import { accessToken, dropToken, login } from '../auth/session';
import { currentLanguage } from '../i18n';
import type { Problem } from './types';

/** A refused request, with the server's problem description in the user's language. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
  }
}

interface Options {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls the platform with the user's token and language; throws {@link ApiError}. */
export async function request(path: string, options: Options = {}): Promise<Response> {
  const token = await accessToken();
  if (!token) return login();
  const isForm = options.body instanceof FormData;
  const response = await fetch(path, {
    method: options.method ?? 'GET',
    signal: options.signal,
    headers: {
      Authorization: `Bearer ${token}`,
      'Accept-Language': currentLanguage(),
      // Numbers of records come as texts: a double would lose digits of exact decimals and of 64-bit integers.
      Accept: `application/json${path.startsWith('/odata/') ? ';IEEE754Compatible=true' : ''}, application/problem+json`,
      ...(options.body !== undefined && !isForm ? { 'Content-Type': 'application/json' } : {}),
      ...options.headers,
    },
    body: options.body === undefined ? undefined : isForm ? (options.body as FormData) : JSON.stringify(options.body),
  });
  if (response.status === 401) {
    await dropToken();
    return login();
  }
  if (!response.ok) throw new ApiError(await problemOf(response));
  return response;
}

/** Like {@link request}, for a JSON answer; undefined for an empty one. */
export async function call<T>(path: string, options: Options = {}): Promise<T> {
  const response = await request(path, options);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Fetches a file with the user's token and hands it to the browser to save. */
export async function download(path: string, fileName: string): Promise<void> {
  const blob = await (await request(path, { headers: { Accept: '*/*' } })).blob();
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Partial<Problem>;
    if (body.code) return body as Problem;
  } catch {
    // Not the platform's own answer, for example a proxy's page; described below.
  }
  return {
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    code: `http.${response.status}`,
    kind: 'EXTERNAL',
  };
}
