const key = 'understudy.token'

/**
 * The server's token: from the address bar on the first visit, from then on from the tab's own storage. It is
 * taken out of the address, so that it stays out of the history and of screenshots.
 */
export function takeToken(): string | undefined {
  const url = new URL(location.href)
  const given = url.searchParams.get('token')
  if (given !== null) {
    url.searchParams.delete('token')
    history.replaceState(null, '', url)
    if (given !== '') sessionStorage.setItem(key, given)
  }
  return sessionStorage.getItem(key) ?? undefined
}
