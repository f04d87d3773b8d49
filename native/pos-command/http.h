/* A request to the till on this computer, and its reply. */
#ifndef HTTP_H
#define HTTP_H

#include "platform.h"
#include "text.h"

struct asked {
  int port;
  const char *method;
  const char *path;
  /* NULL: none. */
  const char *token;
  const char *language;
  /* NULL: none. */
  const char *body;
};

enum outcome { REPLIED, NO_TILL, CUT_OFF };

/* Asks, and reads the whole reply. `*status` is that of HTTP. CUT_OFF: what was asked for may have had its effect. */
enum outcome ask(const struct asked *asked, int *status, struct text *body);

/*
 * Asks for a stream of events. Calls `hear` with each line of it, until it ends. With another status than 200 the body is read as
 * above.
 */
enum outcome listen_to(const struct asked *asked, int *status, struct text *body, void (*hear)(const char *line));

#endif
