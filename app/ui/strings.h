// Strings: every word of the program itself, by key and language.
//
// assets/strings/TAG.yaml, one flat mapping a language.  A key that is missing in any
// offered language is a fault that names the key.  {0}, {1} are replaced by arguments.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/plan/language.h"

namespace machikoe {

class Strings {
  public:
    static Result<Strings> load(const std::filesystem::path& folder,
                                const std::vector<Language>& languages);
    /// REQUIRES: the key exists (a test walks every key used in the code).
    std::string_view get(std::string_view key, Language language) const;
    std::string format(std::string_view key, Language language,
                       std::initializer_list<std::string_view> arguments) const;
    std::vector<std::string> keys() const;

  private:
    std::map<std::string, Text, std::less<>> texts_;
};

}  // namespace machikoe
