/** What programs and their compilers find in their environment; nothing of this process's own. */
export const defaultEnvironment = {
  PATH: '/usr/bin:/bin',
  HOME: '/cell',
  TMPDIR: '/tmp',
  LANG: 'C.UTF-8',
}
