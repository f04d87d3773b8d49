// Loaded before libc: each flush of a file takes SLOW_DISK_MS longer, as on a worn disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_as_long(void) {
  const char *ms = getenv("SLOW_DISK_MS");
  long wanted = ms ? atol(ms) : 0;
  struct timespec time = {wanted / 1000, (wanted % 1000) * 1000000};
  if (wanted > 0) nanosleep(&time, NULL);
}

int fdatasync(int file) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  wait_as_long();
  return real(file);
}

int fsync(int file) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  wait_as_long();
  return real(file);
}
