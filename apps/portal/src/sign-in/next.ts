/**
 * Where to go after signing in, as asked by `?next=`: a path of this very origin, and not a page that leads back here.
 * Anything else is the first page, so that a link sent by a stranger cannot lead elsewhere.
 */
export function nextPath(search: string, origin: string): string {
  const url = resolve(new URLSearchParams(search).get('next') ?? '', origin);
  if (url?.origin !== origin || ['/sign-in', '/password'].includes(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}

function resolve(path: string, origin: string): URL | null {
  try {
    return new URL(path, origin);
  } catch {
    return null;
  }
}
