// Totals as they travel: the reply to GET /v1/totals (docs/protocol.md).
//
// Decoding is as strict as everywhere in wire, and more careful than the sender: of a question
// with too few answers nothing is kept, whatever the reply says about it.
#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"
#include "app/survey/shares.h"

namespace machikoe {

std::string encode_totals(const Totals& totals, std::string_view pack_id);
Result<Totals> decode_totals(std::string_view bytes);

}  // namespace machikoe
