/*
 * hexiao-till pos: asks the till that runs on this computer, and prints one line of JSON (docs/pos/command.md). It decides
 * nothing: what is asked for is carried out by the till, and its exit code is what the till says.
 */
#include "http.h"
#include "platform.h"
#include "text.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DONE = 0, REFUSED = 1, NOT_UNDERSTOOD = 2, NO_REPLY = 3, NOT_PAIRED = 4 };

static const int usual_port = 9740;
/* As much as the till takes. */
#define MOST_INPUT 65536

static struct {
  const char *verb;
  const char *language;
  bool is_ascii;
  int port;
  char token[128];
  /* For `pair`. */
  const char *code;
  const char *name;
  /* What is asked for, without its closing brace. */
  struct text fields;
} said;

static const struct {
  const char *option;
  const char *field;
  bool is_number;
} options[] = {
    {"--order", "orderId", false},       {"--total", "totalFen", true},
    {"--code", "code", false},           {"--offered", "offered", false},
    {"--no", "no", false},               {"--key", "key", false},
    {"--cashier", "cashier", false},     {"--out-trade-no", "outTradeNo", false},
    {"--mch-id", "mchId", false},        {"--transaction-id", "transactionId", false},
};

static const struct words *words(void) { return strcmp(said.language, "en") == 0 ? &english : &chinese; }

/* Prints a problem, and ends with its code. */
static int fail(int exit_code, const char *problem) {
  struct text line = {0};
  char start[64];
  snprintf(start, sizeof start, "{\"ok\":false,\"exitCode\":%d,\"problem\":", exit_code);
  add(&line, start);
  add(&line, problem);
  add(&line, "}");
  print_line(&line, said.is_ascii);
  return exit_code;
}

static int fail_of(enum outcome outcome) {
  return fail(NO_REPLY, outcome == NO_TILL ? words()->no_till : words()->no_reply);
}

/* The same as the till says of a problem in a reply (main/pos/commands.ts). */
static int exit_of_status(int status) {
  if (status == 401) return NOT_PAIRED;
  if (status == 429 || status >= 500) return NO_REPLY;
  return status == 400 || status == 413 || status == 415 ? NOT_UNDERSTOOD : REFUSED;
}

static bool is_token(const char *text, size_t length) {
  static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return length >= 20 && length <= 100 && strspn(text, allowed) >= length;
}

static bool read_port(const char *text, int *port) {
  char *end;
  long number = strtol(text, &end, 10);
  if (end == text || *end != 0 || number < 1 || number > 65535) return false;
  *port = (int)number;
  return true;
}

/* The token is never on the command line, which every account of a computer can read. Returns 0, or the exit code. */
static int find_token(void) {
  char line[256];
  bool is_safe;
  int kept_port = 0;
  const char *given = environment("HEXIAO_TILL_POS_TOKEN");
  if (given != NULL && is_token(given, strlen(given))) {
    strcpy(said.token, given);
  } else {
    if (!read_kept(line, sizeof line, &is_safe))
      return is_safe ? fail(NOT_PAIRED, words()->not_paired) : fail(NOT_PAIRED, words()->token_file);
    char token[128];
    if (sscanf(line, "%d %127[A-Za-z0-9_-]", &kept_port, token) != 2 || !is_token(token, strlen(token)))
      return fail(NOT_PAIRED, words()->not_paired);
    strcpy(said.token, token);
  }
  if (said.port == 0) said.port = kept_port > 0 && kept_port < 65536 ? kept_port : usual_port;
  return 0;
}

static bool add_option(const char *option, const char *value) {
  for (size_t each = 0; each < sizeof options / sizeof *options; each += 1) {
    if (strcmp(options[each].option, option) != 0) continue;
    bool is_number = options[each].is_number;
    size_t length = strlen(value);
    if (is_number && (length == 0 || length > 9 || strspn(value, "0123456789") != length || value[0] == '0')) return false;
    add(&said.fields, ",\"");
    add(&said.fields, options[each].field);
    add(&said.fields, "\":");
    if (is_number) add(&said.fields, value);
    else add_json_string(&said.fields, value);
    return true;
  }
  return false;
}

static bool read_words(int count, char **words_said) {
  for (int each = 1; each < count; each += 1) {
    const char *word = words_said[each];
    if (strcmp(word, "--utf8") == 0) {
      said.is_ascii = false;
      continue;
    }
    if (word[0] != '-') {
      if (said.verb != NULL) return false;
      said.verb = word;
      continue;
    }
    if (each + 1 == count) return false;
    const char *value = words_said[each += 1];
    if (strcmp(word, "--language") == 0) said.language = value;
    else if (strcmp(word, "--port") == 0) {
      if (!read_port(value, &said.port)) return false;
    } else if (strcmp(word, "--name") == 0) said.name = value;
    else {
      if (strcmp(word, "--code") == 0) said.code = value;
      if (!add_option(word, value)) return false;
    }
  }
  return said.verb != NULL;
}

static int pair(void) {
  if (said.code == NULL || said.name == NULL) return fail(NOT_UNDERSTOOD, words()->usage);
  if (said.port == 0) said.port = usual_port;
  if (!can_keep()) return fail(REFUSED, words()->token_file);
  struct text body = {0};
  add(&body, "{\"code\":");
  add_json_string(&body, said.code);
  add(&body, ",\"name\":");
  add_json_string(&body, said.name);
  add(&body, "}");
  struct asked asked = {said.port, "POST", "/v1/pairings", NULL, said.language, body.bytes};
  struct text reply = {0};
  int status;
  enum outcome outcome = ask(&asked, &status, &reply);
  if (outcome != REPLIED) return fail_of(outcome);
  if (status != 200) return fail(exit_of_status(status), reply.bytes);
  static const char before[] = "\"token\":\"";
  char *token = strstr(reply.bytes, before);
  char *end = token == NULL ? NULL : strchr(token + strlen(before), '"');
  if (end == NULL || !is_token(token + strlen(before), (size_t)(end - token) - strlen(before)))
    return fail_of(CUT_OFF);
  *end = 0;
  char line[160];
  snprintf(line, sizeof line, "%d %s\n", said.port, token + strlen(before));
  if (!keep(line)) return fail(REFUSED, words()->token_file);
  struct text told = {0};
  add(&told, "{\"ok\":true,\"exitCode\":0,\"name\":");
  add_json_string(&told, said.name);
  add(&told, "}");
  print_line(&told, said.is_ascii);
  return DONE;
}

/* The name of the event whose data comes next. */
static char event[32];

static void hear(const char *line) {
  static const char data[] = "data: ";
  if (sscanf(line, "event: %31[a-z]", event) == 1 || strncmp(line, data, strlen(data)) != 0) return;
  struct text told = {0};
  add(&told, "{\"event\":");
  add_json_string(&told, event);
  add(&told, ",\"value\":");
  add(&told, line + strlen(data));
  add(&told, "}");
  print_line(&told, said.is_ascii);
  free(told.bytes);
}

static int watch(void) {
  struct asked asked = {said.port, "GET", "/v1/events", said.token, said.language, NULL};
  struct text reply = {0};
  int status = 0;
  enum outcome outcome = listen_to(&asked, &status, &reply, hear);
  if (outcome != REPLIED) return fail_of(outcome);
  if (status != 200) return fail(exit_of_status(status), reply.bytes);
  /* It does not end by itself: the till has. */
  return fail_of(CUT_OFF);
}

static int command(const char *json) {
  struct asked asked = {said.port, "POST", "/v1/commands", said.token, said.language, json};
  struct text reply = {0};
  int status;
  enum outcome outcome = ask(&asked, &status, &reply);
  if (outcome != REPLIED) return fail_of(outcome);
  if (status != 200) return fail(exit_of_status(status), reply.bytes);
  int exit_code;
  if (sscanf(reply.bytes, "{\"ok\":%*5[a-z],\"exitCode\":%d", &exit_code) != 1) return fail_of(CUT_OFF);
  print_line(&reply, said.is_ascii);
  return exit_code;
}

/* Reads one request from standard input. UTF-8, with or without its mark. */
static int command_from_input(void) {
  static char input[MOST_INPUT + 2];
  size_t length = read_in(input, MOST_INPUT + 1);
  const char *start = length >= 3 && memcmp(input, "\xef\xbb\xbf", 3) == 0 ? input + 3 : input;
  length -= (size_t)(start - input);
  if (length > MOST_INPUT) return fail(NOT_UNDERSTOOD, words()->usage);
  if (!is_utf8(start, length) || memchr(start, 0, length) != NULL) return fail(NOT_UNDERSTOOD, words()->not_utf8);
  return length == 0 ? fail(NOT_UNDERSTOOD, words()->usage) : command(start);
}

int main(int count, char **words_said) {
  begin(&count, &words_said);
  said.language = "zh-CN";
  said.is_ascii = !is_terminal();
  for (int each = 1; each < count; each += 1)
    if (!is_utf8(words_said[each], strlen(words_said[each]))) return fail(NOT_UNDERSTOOD, words()->not_utf8);
  bool is_read = read_words(count, words_said);
  bool is_known = strcmp(said.language, "en") == 0 || strcmp(said.language, "zh-CN") == 0;
  if (!is_known) said.language = "zh-CN";
  if (!is_read || !is_known) return fail(NOT_UNDERSTOOD, words()->usage);
  if (strcmp(said.verb, "pair") == 0) return pair();
  if (said.name != NULL) return fail(NOT_UNDERSTOOD, words()->usage);
  bool is_bare = strcmp(said.verb, "watch") == 0 || strcmp(said.verb, "json") == 0;
  if (is_bare && said.fields.length > 0) return fail(NOT_UNDERSTOOD, words()->usage);
  int problem = find_token();
  if (problem != 0) return problem;
  if (strcmp(said.verb, "watch") == 0) return watch();
  if (is_bare) return command_from_input();
  struct text json = {0};
  add(&json, "{\"do\":");
  add_json_string(&json, said.verb);
  if (said.fields.length > 0) add(&json, said.fields.bytes);
  add(&json, "}");
  return command(json.bytes);
}
