// Sav: responses as an SPSS system file, by ReadStat.
//
// Answers are numbers with labels (1 is the first option); what stands for no answer is −1 to −4,
// declared as user-missing, so that no program counts it.  A question with several choices has a
// variable per option.  UTF-8.  Names: an option's "-" becomes "_", as SPSS knows no other.
//
// The number of rows must be known before the first: a file cannot be begun otherwise.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"

namespace machikoe {

class SavFile {
  public:
    /// Labels in `language`.  REQUIRES: pack and out outlive the file; rows ≤ 2^31 − 1.
    SavFile(std::ostream& out, const Pack& pack, Language language, std::int64_t rows);
    ~SavFile();
    /// Unavailable when the stream fails or ReadStat refuses a value; the first failure stays.
    Status write(const std::string& id, const Response& response);
    /// After exactly `rows` rows.
    Status finish();

  private:
    struct Writer;
    std::unique_ptr<Writer> writer_;
};

}  // namespace machikoe
