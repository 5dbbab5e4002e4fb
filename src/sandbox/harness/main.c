/*
 * Linked into C, C++ and Rust programs with -Wl,--wrap=main: the start-up code calls __wrap_main, which calls the
 * program's main and, where that returned 0, passes the nonce from descriptor 3 to descriptor 4. exit, _exit, abort
 * and a signal never come back here. What runs later (atexit, destructors) can still fail by the exit status.
 * __read and __write are glibc's names for read and write that a program of its own `read` does not replace.
 */
long __read(int, void *, unsigned long);
long __write(int, const void *, unsigned long);
int __real_main(int, char **, char **);

int __wrap_main(int argc, char **argv, char **environment) {
  int status = __real_main(argc, argv, environment);
  if (status == 0) {
    char nonce[4096];
    long length = __read(3, nonce, sizeof nonce);
    if (length > 0 && __write(4, nonce, length) != length) return 1;
  }
  return status;
}
