#include "text.h"

#include "platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void add_bytes(struct text *text, const char *bytes, size_t length) {
  if (text->length + length + 1 > text->space) {
    text->space = 2 * (text->length + length + 1);
    text->bytes = realloc(text->bytes, text->space);
    if (text->bytes == NULL) abort();
  }
  if (length > 0) memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
  text->bytes[text->length] = 0;
}

void add(struct text *text, const char *words) { add_bytes(text, words, strlen(words)); }

void add_json_string(struct text *text, const char *words) {
  add(text, "\"");
  for (const char *at = words; *at != 0; at += 1) {
    unsigned char byte = (unsigned char)*at;
    char escaped[8];
    if (byte == '"' || byte == '\\') snprintf(escaped, sizeof escaped, "\\%c", byte);
    else if (byte < 0x20 || byte == 0x7f) snprintf(escaped, sizeof escaped, "\\u%04x", byte);
    else snprintf(escaped, sizeof escaped, "%c", byte);
    add(text, escaped);
  }
  add(text, "\"");
}

/* Reads one character. Returns how many bytes it has; 0 where it is no UTF-8 (RFC 3629). */
static size_t read_character(const unsigned char *at, size_t left, unsigned long *code) {
  static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
  size_t length = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : at[0] < 0xf5 ? 4 : 0;
  if (length == 0 || length > left) return 0;
  *code = length == 1 ? at[0] : at[0] & (0x7fu >> length);
  for (size_t each = 1; each < length; each += 1) {
    if ((at[each] & 0xc0) != 0x80) return 0;
    *code = *code << 6 | (at[each] & 0x3f);
  }
  if (*code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff)) return 0;
  return length > 1 && *code < least[length] ? 0 : length;
}

bool is_utf8(const char *bytes, size_t length) {
  for (size_t at = 0; at < length;) {
    unsigned long code;
    size_t read = read_character((const unsigned char *)bytes + at, length - at, &code);
    if (read == 0) return false;
    at += read;
  }
  return true;
}

static void add_escape(struct text *text, unsigned long code) {
  char escaped[32];
  if (code < 0x10000) snprintf(escaped, sizeof escaped, "\\u%04lx", code);
  else
    snprintf(escaped, sizeof escaped, "\\u%04lx\\u%04lx", 0xd800 + ((code - 0x10000) >> 10),
             0xdc00 + ((code - 0x10000) & 0x3ff));
  add(text, escaped);
}

void print_line(const struct text *json, bool is_ascii) {
  struct text line = {0};
  for (size_t at = 0; at < json->length;) {
    unsigned long code;
    size_t read = read_character((const unsigned char *)json->bytes + at, json->length - at, &code);
    if (read == 0) {
      read = 1;
      code = '?';
    }
    /* Between the values of JSON there is nothing else that is no printed character. */
    if (code < 0x20) add(&line, " ");
    else if (code < 0x7f) add_bytes(&line, json->bytes + at, 1);
    else if (is_ascii) add_escape(&line, code);
    else add_bytes(&line, json->bytes + at, read);
    at += read;
  }
  add(&line, "\n");
  write_out(line.bytes, line.length);
  free(line.bytes);
}
