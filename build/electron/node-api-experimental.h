/* What the npm package node-api-headers leaves out of Node's own js_native_api.h: the part under NAPI_EXPERIMENTAL that
 * node-addon-api needs to release references outside of garbage collection (Node 20.18). */
#pragma once
#define NAPI_EXPERIMENTAL
#define NAPI_VERSION 2147483647
#include <js_native_api.h>

#define NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER

EXTERN_C_START
NAPI_EXTERN napi_status NAPI_CDECL node_api_post_finalizer(node_api_basic_env env,
                                                           napi_finalize finalize_cb,
                                                           void* finalize_data,
                                                           void* finalize_hint);
EXTERN_C_END
