// Plain: batches and records as our own programs write them, read by simdjson.  Inside wire only.
//
// Takes nothing that the strict readers (decode_batch, decode_record) would refuse, and gives the
// same value; what is in any way unusual (a member that is unknown, stands twice or is missing,
// a value out of bounds) is nullopt, and the strict reader, which can say why, has to look.  The
// strict readers cost many times as much, and all that comes in has to pass one of the two.
//
// Buffers are kept for each thread and not wiped: whoever reads records has the keys to them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/wire/record.h"

namespace machikoe::wire {

std::optional<Batch> read_plain_batch(std::string_view bytes);
std::optional<Response> read_plain_record(std::string_view bytes);

/// Envelopes follow one another as they must.  "": they do; otherwise which member is at fault.
struct ChainFault {
    const char* member = nullptr;  // nullptr: none
    const char* reason = "";
};
ChainFault chain_fault(const Envelope& envelope);
ChainFault chain_fault(const Envelope& before, const Envelope& envelope);

}  // namespace machikoe::wire
