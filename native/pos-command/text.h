/* Text that grows, and what JSON needs of it. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Always ends with a 0 that `length` does not count. Begins as {0}. */
struct text {
  char *bytes;
  size_t length;
  size_t space;
};

/* Ends the program where there is no memory. */
void add_bytes(struct text *text, const char *bytes, size_t length);
void add(struct text *text, const char *words);

/* As a JSON string, with its quotes. `words` is UTF-8. */
void add_json_string(struct text *text, const char *words);

bool is_utf8(const char *bytes, size_t length);

/* Writes one line of JSON. `is_ascii`: what is not ASCII as \u escapes, which are right in every code page. */
void print_line(const struct text *json, bool is_ascii);

#endif
