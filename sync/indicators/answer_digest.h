// AnswerDigest: which answers a set of figures was computed from, in 32 bytes, and each answer
// again in 16, so that a changed one can be named.
//
// Free text is in no figure and may be redacted later; it is not in the digest.  Everything else
// of a response is.  The same responses in the same order give the same digest for ever: the text
// that is hashed is described in docs/evaluation.md and never changes.
#pragma once

#include <cstdint>
#include <string>

#include "app/base/crypto.h"
#include "app/survey/response.h"

namespace machikoe {

/// What is hashed of one response.
std::string digest_text(const std::string& id, const Response& response);

class AnswerDigest {
  public:
    /// 32 hex digits: the first half of the SHA-256 of digest_text().
    std::string add(const std::string& id, const Response& response);
    std::int64_t count() const { return count_; }
    /// SHA-256 of all those lines, once, at the end.
    std::string hex() { return all_.hex(); }

  private:
    Sha256 all_;
    std::int64_t count_ = 0;
};

}  // namespace machikoe
