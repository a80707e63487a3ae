// Result: a value, or the reason why there is none.
//
// An expected failure is a value.  Its code says who can act; its message is for
// that person (operator, author, developer), never for a resident, and callers
// branch on the code, never on the text.  A broken promise between two pieces of
// our own code is not an Error: it aborts (assert stays on in release).
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace machikoe {

enum class ErrorCode {
    NotFound,     // the caller asked for something that is not there
    Invalid,      // the author of the input must correct it
    Denied,       // the caller has no right to it (unknown or revoked credential)
    Conflict,     // other bytes are already held under this name
    Corrupt,      // an operator must look: damaged file, schema from the future
    Unavailable,  // nobody: try again later (network, lock, full disk)
};

struct Error {
    ErrorCode code;
    std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

/// Stable lower-case name for logs and JSON: "not-found", "invalid", …
const char* name_of(ErrorCode code);

}  // namespace machikoe
