// Replies: the answers that every route has in common, and reading a request's credential.
//
// Knows no route and no store.  Functions without state.
#pragma once

#include <string_view>

#include "app/base/result.h"
#include "sync/server/routes.h"

namespace machikoe {

Step done(HttpResponse response);

/// What a failure of the store means for a kiosk; logged when an operator has to act.
HttpResponse store_failure(const Error& error);

/// 429: come back in so many seconds.
HttpResponse too_often_response(int seconds);

/// With its ETag, and 304 without a body for whoever has it.
HttpResponse revalidated(HttpResponse response, std::string_view if_none_match);

/// The credential of "Bearer …", or "".
std::string_view bearer(std::string_view authorization);

}  // namespace machikoe
