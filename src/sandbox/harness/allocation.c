/*
 * Linked into C programs with -Wl,--wrap=malloc and so on: says on standard error that memory is exhausted, which
 * a program that does not look at its null pointers would only show as a segmentation fault.
 */
#include <stddef.h>
#include <unistd.h>

void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);

static void *told(void *pointer) {
  static const char message[] = "out of memory\n";
  if (pointer == NULL && write(2, message, sizeof message - 1) < 0) return NULL;
  return pointer;
}

void *__wrap_malloc(size_t size) { return told(__real_malloc(size)); }
void *__wrap_calloc(size_t count, size_t size) { return told(__real_calloc(count, size)); }
void *__wrap_realloc(void *old, size_t size) {
  void *pointer = __real_realloc(old, size);
  return size == 0 ? pointer : told(pointer);
}
