/* What differs between Windows and the others. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <stdbool.h>
#include <stddef.h>

#ifdef _WIN32
#include <winsock2.h>
typedef SOCKET connection;
#define NO_CONNECTION INVALID_SOCKET
#else
typedef int connection;
#define NO_CONNECTION (-1)
#endif

/* To be called first. Makes the words of the command line UTF-8. */
void begin(int *count, char ***words);

/* Connects to this computer's own port. A read that waits for longer than this many seconds fails. */
connection open_connection(int port, int seconds);
/* Returns whether everything was sent. */
bool send_all(connection to, const char *bytes, size_t length);
/* Returns how many bytes were read: 0 at the end, less than 0 where it failed. */
long receive(connection from, char *bytes, size_t space);
void close_connection(connection which);

/* Standard output, at once. On a Windows console as its characters, whatever its code page. */
void write_out(const char *bytes, size_t length);
bool is_terminal(void);
/* Reads standard input, at most `space` bytes. Returns how many. */
size_t read_in(char *bytes, size_t space);

/* UTF-8, or NULL. */
const char *environment(const char *name);

/* The file with port and token of this account, as one line. */

/* Returns false where there is none; `*is_safe` is false where others may read it, or it is not this account's. */
bool read_kept(char *line, size_t space, bool *is_safe);
/* Makes sure that it can be kept, before anything is asked for. */
bool can_keep(void);
/* Whole or not at all. */
bool keep(const char *line);

#endif
