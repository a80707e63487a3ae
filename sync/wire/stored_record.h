// StoredRecords: records read back from a database of ours.
//
// A damaged record is never guessed at: the same limits hold as when it came in.
#pragma once

#include <string_view>

#include "sync/wire/record.h"

namespace machikoe {

class StoredRecords {
  public:
    Result<Response> read(std::string_view bytes) { return decode_record(bytes); }
};

}  // namespace machikoe
