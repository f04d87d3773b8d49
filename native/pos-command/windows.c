#ifdef _WIN32
#include "platform.h"
#include "text.h"

#include <ws2tcpip.h>
#include <windows.h>
#include <shellapi.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *to_utf8(const wchar_t *wide) {
  int length = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
  char *bytes = malloc((size_t)length + 1);
  if (bytes == NULL) abort();
  WideCharToMultiByte(CP_UTF8, 0, wide, -1, bytes, length, NULL, NULL);
  bytes[length] = 0;
  return bytes;
}

static wchar_t *to_wide(const char *bytes, int length, int *got) {
  *got = MultiByteToWideChar(CP_UTF8, 0, bytes, length, NULL, 0);
  wchar_t *wide = malloc(((size_t)*got + 1) * sizeof *wide);
  if (wide == NULL) abort();
  MultiByteToWideChar(CP_UTF8, 0, bytes, length, wide, *got);
  wide[*got] = 0;
  return wide;
}

/* Windows has the command line in UTF-16, so that no code page has a say in it. */
void begin(int *count, char ***words) {
  WSADATA sockets;
  WSAStartup(MAKEWORD(2, 2), &sockets);
  wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), count);
  if (wide == NULL) abort();
  *words = calloc((size_t)*count + 1, sizeof **words);
  if (*words == NULL) abort();
  for (int each = 0; each < *count; each += 1) (*words)[each] = to_utf8(wide[each]);
}

connection open_connection(int port, int seconds) {
  SOCKET made = socket(AF_INET, SOCK_STREAM, 0);
  if (made == INVALID_SOCKET) return NO_CONNECTION;
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_port = htons((unsigned short)port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  DWORD patience = (DWORD)seconds * 1000;
  setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, (const char *)&patience, sizeof patience);
  setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, (const char *)&patience, sizeof patience);
  if (connect(made, (struct sockaddr *)&address, sizeof address) == 0) return made;
  closesocket(made);
  return NO_CONNECTION;
}

bool send_all(connection to, const char *bytes, size_t length) {
  while (length > 0) {
    int sent = send(to, bytes, (int)length, 0);
    if (sent <= 0) return false;
    bytes += sent;
    length -= (size_t)sent;
  }
  return true;
}

long receive(connection from, char *bytes, size_t space) { return recv(from, bytes, (int)space, 0); }

void close_connection(connection which) { closesocket(which); }

bool is_terminal(void) {
  DWORD mode;
  return GetConsoleMode(GetStdHandle(STD_OUTPUT_HANDLE), &mode) != 0;
}

void write_out(const char *bytes, size_t length) {
  HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
  DWORD written;
  if (is_terminal()) {
    int count;
    wchar_t *wide = to_wide(bytes, (int)length, &count);
    WriteConsoleW(out, wide, (DWORD)count, &written, NULL);
    free(wide);
    return;
  }
  while (length > 0) {
    if (!WriteFile(out, bytes, (DWORD)length, &written, NULL)) exit(3);
    bytes += written;
    length -= written;
  }
}

size_t read_in(char *bytes, size_t space) {
  size_t total = 0;
  while (total < space) {
    DWORD got;
    if (!ReadFile(GetStdHandle(STD_INPUT_HANDLE), bytes + total, (DWORD)(space - total), &got, NULL) || got == 0) break;
    total += got;
  }
  return total;
}

const char *environment(const char *name) {
  int length;
  wchar_t *wide = to_wide(name, -1, &length);
  const wchar_t *value = _wgetenv(wide);
  return value == NULL ? NULL : to_utf8(value);
}

/* In the account's own folder, which Windows gives to it and to administrators alone. */
static wchar_t *kept_file(const wchar_t *ending, bool is_made) {
  static wchar_t file[MAX_PATH + 32];
  const wchar_t *named = _wgetenv(L"HEXIAO_TILL_POS_FILE");
  const wchar_t *place = _wgetenv(L"LOCALAPPDATA");
  if (named != NULL && wcslen(named) < MAX_PATH) {
    wcscpy(file, named);
  } else {
    if (place == NULL || wcslen(place) > MAX_PATH - 32) return NULL;
    wcscpy(file, place);
    wcscat(file, L"\\hexiao-till-pos");
    if (is_made) CreateDirectoryW(file, NULL);
    wcscat(file, L"\\token");
  }
  wcscat(file, ending);
  return file;
}

bool read_kept(char *line, size_t space, bool *is_safe) {
  *is_safe = true;
  wchar_t *file = kept_file(L"", false);
  if (file == NULL) return false;
  HANDLE opened = CreateFileW(file, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
  if (opened == INVALID_HANDLE_VALUE) return false;
  DWORD got = 0;
  BOOL is_read = ReadFile(opened, line, (DWORD)space - 1, &got, NULL);
  CloseHandle(opened);
  line[got] = 0;
  return is_read != 0;
}

static bool write_new(const char *line) {
  wchar_t *file = kept_file(L".new", true);
  if (file == NULL) return false;
  HANDLE opened = CreateFileW(file, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  if (opened == INVALID_HANDLE_VALUE) return false;
  DWORD written = 0;
  BOOL is_written = WriteFile(opened, line, (DWORD)strlen(line), &written, NULL) && FlushFileBuffers(opened);
  CloseHandle(opened);
  return is_written && written == strlen(line);
}

bool can_keep(void) {
  if (!write_new("")) return false;
  DeleteFileW(kept_file(L".new", false));
  return true;
}

bool keep(const char *line) {
  if (!write_new(line)) return false;
  wchar_t from[MAX_PATH + 32];
  wcscpy(from, kept_file(L".new", false));
  return MoveFileExW(from, kept_file(L"", false), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) != 0;
}
#endif
