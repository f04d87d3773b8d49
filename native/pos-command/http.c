#include "http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer than the till waits for WeChat Pay. */
static const int patience = 60;
static const size_t most_bytes = 4 * 1024 * 1024;

static connection send_request(const struct asked *asked) {
  connection to = open_connection(asked->port, patience);
  if (to == NO_CONNECTION) return to;
  struct text request = {0};
  char line[160];
  add(&request, asked->method);
  add(&request, " ");
  add(&request, asked->path);
  snprintf(line, sizeof line, " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nAccept-Language: %s\r\n", asked->port,
           asked->language);
  add(&request, line);
  if (asked->token != NULL) {
    add(&request, "Authorization: Bearer ");
    add(&request, asked->token);
    add(&request, "\r\n");
  }
  if (asked->body != NULL) {
    snprintf(line, sizeof line, "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen(asked->body));
    add(&request, line);
  }
  add(&request, "\r\n");
  if (asked->body != NULL) add(&request, asked->body);
  /* The till may reply before it has read everything, so that a failure shows when the reply is read. */
  send_all(to, request.bytes, request.length);
  free(request.bytes);
  return to;
}

/* Returns whether more came. */
static bool receive_more(connection from, struct text *text) {
  char piece[16384];
  long got = receive(from, piece, sizeof piece);
  if (got <= 0 || text->length + (size_t)got > most_bytes) return false;
  add_bytes(text, piece, (size_t)got);
  return true;
}

/* Takes the first `length` bytes off. */
static void take_off(struct text *text, size_t length) {
  memmove(text->bytes, text->bytes + length, text->length - length + 1);
  text->length -= length;
}

/* Reads up to the end of the head, and takes it off `text`. Returns the status; 0 where there is no such reply. */
static int read_head(connection from, struct text *text, long *length) {
  char *end;
  while (text->length == 0 || (end = strstr(text->bytes, "\r\n\r\n")) == NULL)
    if (!receive_more(from, text)) return 0;
  int status = 0;
  if (sscanf(text->bytes, "HTTP/1.%*1[01] %3d", &status) != 1) return 0;
  *length = -1;
  for (char *line = text->bytes; line != NULL && line < end; line = strstr(line, "\r\n")) {
    line += line == text->bytes ? 0 : 2;
    static const char name[] = "content-length:";
    size_t at = 0;
    while (name[at] != 0 && (line[at] | 0x20) == name[at]) at += 1;
    /* A colon and a hyphen have that bit already. */
    if (name[at] == 0) *length = strtol(line + at, NULL, 10);
  }
  take_off(text, (size_t)(end - text->bytes) + 4);
  return status;
}

/* A reply that was cut off in the middle is none. */
static enum outcome read_rest(connection from, struct text *body, long length) {
  while (length < 0 || body->length < (size_t)length)
    if (!receive_more(from, body)) break;
  bool is_whole = length >= 0 && body->length == (size_t)length;
  return is_whole && body->length > 0 && body->bytes[0] == '{' ? REPLIED : CUT_OFF;
}

enum outcome ask(const struct asked *asked, int *status, struct text *body) {
  connection to = send_request(asked);
  if (to == NO_CONNECTION) return NO_TILL;
  long length;
  *status = read_head(to, body, &length);
  enum outcome outcome = *status == 0 ? CUT_OFF : read_rest(to, body, length);
  close_connection(to);
  return outcome;
}

/*
 * Moves what has come of a body in chunks (RFC 9112, 7.1) from `raw` to `body`. `*left`: bytes of the chunk that are still to
 * come, with the line end after it. Returns whether more is to come.
 */
static bool read_chunks(struct text *raw, struct text *body, size_t *left) {
  while (raw->length > 0) {
    if (*left == 0) {
      char *end = strstr(raw->bytes, "\r\n");
      if (end == NULL) return raw->length < 32;
      size_t size = strtoul(raw->bytes, NULL, 16);
      if (size == 0 || size > most_bytes) return false;
      take_off(raw, (size_t)(end - raw->bytes) + 2);
      *left = size + 2;
      continue;
    }
    size_t taken = raw->length < *left ? raw->length : *left;
    size_t content = *left > 2 ? *left - 2 : 0;
    add_bytes(body, raw->bytes, taken < content ? taken : content);
    take_off(raw, taken);
    *left -= taken;
  }
  return true;
}

enum outcome listen_to(const struct asked *asked, int *status, struct text *body, void (*hear)(const char *line)) {
  connection to = send_request(asked);
  if (to == NO_CONNECTION) return NO_TILL;
  struct text raw = {0};
  long length;
  *status = read_head(to, &raw, &length);
  enum outcome outcome = *status == 0 ? CUT_OFF : REPLIED;
  if (*status != 0 && *status != 200) {
    add_bytes(body, raw.bytes, raw.length);
    outcome = read_rest(to, body, length);
  }
  size_t left = 0;
  while (*status == 200 && read_chunks(&raw, body, &left) && body->length <= most_bytes) {
    char *end;
    while (body->length > 0 && (end = strchr(body->bytes, '\n')) != NULL) {
      *end = 0;
      hear(body->bytes);
      take_off(body, (size_t)(end - body->bytes) + 1);
    }
    if (!receive_more(to, &raw)) break;
  }
  close_connection(to);
  return outcome;
}
