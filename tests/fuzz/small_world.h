// What harnesses and seeds have in common: a pack of two questions, and a response to it.
#pragma once

#include "app/survey/response.h"

namespace machikoe::fuzz {

PackFiles small_pack_files();
Response small_response();

}  // namespace machikoe::fuzz
