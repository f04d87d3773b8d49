#ifndef _WIN32
#define _GNU_SOURCE
#include "platform.h"
#include "text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

void begin(int *count, char ***words) {
  (void)count;
  (void)words;
  /* A till that ends while it is written to is a reply that is missing, and not the end of this program. */
  signal(SIGPIPE, SIG_IGN);
}

connection open_connection(int port, int seconds) {
  int made = socket(AF_INET, SOCK_STREAM, 0);
  if (made < 0) return NO_CONNECTION;
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_port = htons((unsigned short)port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  struct timeval patience = {.tv_sec = seconds};
  setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (connect(made, (struct sockaddr *)&address, sizeof address) == 0) return made;
  close(made);
  return NO_CONNECTION;
}

bool send_all(connection to, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t sent = send(to, bytes, length, 0);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes += sent;
    length -= (size_t)sent;
  }
  return true;
}

long receive(connection from, char *bytes, size_t space) {
  ssize_t got;
  do got = recv(from, bytes, space, 0);
  while (got < 0 && errno == EINTR);
  return (long)got;
}

void close_connection(connection which) { close(which); }

void write_out(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    /* Whoever listened has gone. */
    if (written <= 0) exit(3);
    bytes += written;
    length -= (size_t)written;
  }
}

bool is_terminal(void) { return isatty(STDOUT_FILENO) == 1; }

size_t read_in(char *bytes, size_t space) {
  size_t total = 0;
  while (total < space) {
    ssize_t got = read(STDIN_FILENO, bytes + total, space - total);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    total += (size_t)got;
  }
  return total;
}

const char *environment(const char *name) { return getenv(name); }

/* Returns the file; makes its folders, for this account alone, where `is_made`. NULL: this account has no place of its own. */
static char *kept_file(bool is_made) {
  static struct text file;
  file.length = 0;
  const char *named = getenv("HEXIAO_TILL_POS_FILE");
  if (named != NULL && *named != 0) {
    add(&file, named);
    return file.bytes;
  }
  const char *home = getenv("HOME");
  const char *config = getenv("XDG_CONFIG_HOME");
#ifdef __APPLE__
  if (home == NULL || *home != '/') return NULL;
  add(&file, home);
  add(&file, "/Library/Application Support");
  (void)config;
#else
  if (config != NULL && *config == '/') add(&file, config);
  else if (home != NULL && *home == '/') {
    add(&file, home);
    add(&file, "/.config");
  } else return NULL;
#endif
  if (is_made) mkdir(file.bytes, 0700);
  add(&file, "/hexiao-till-pos");
  if (is_made) mkdir(file.bytes, 0700);
  add(&file, "/token");
  return file.bytes;
}

bool read_kept(char *line, size_t space, bool *is_safe) {
  *is_safe = true;
  char *file = kept_file(false);
  int opened = file == NULL ? -1 : open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (opened < 0) {
    *is_safe = errno != ELOOP;
    return false;
  }
  struct stat about;
  ssize_t got = -1;
  *is_safe = fstat(opened, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid() &&
             (about.st_mode & 077) == 0;
  if (*is_safe) got = read(opened, line, space - 1);
  close(opened);
  if (got < 0) return false;
  line[got] = 0;
  return true;
}

static int open_new(struct text *beside) {
  char *file = kept_file(true);
  if (file == NULL) return -1;
  beside->length = 0;
  add(beside, file);
  add(beside, ".new");
  unlink(beside->bytes);
  return open(beside->bytes, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

bool can_keep(void) {
  struct text beside = {0};
  int opened = open_new(&beside);
  if (opened < 0) return false;
  close(opened);
  unlink(beside.bytes);
  return true;
}

bool keep(const char *line) {
  struct text beside = {0};
  int opened = open_new(&beside);
  if (opened < 0) return false;
  size_t length = strlen(line);
  bool is_written = write(opened, line, length) == (ssize_t)length && fsync(opened) == 0;
  close(opened);
  return is_written && rename(beside.bytes, kept_file(true)) == 0;
}
#endif
