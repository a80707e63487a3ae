// Icons: the code points of the Material icons, by name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/result.h"

namespace machikoe {

class Icons {
  public:
    /// NotFound names the package.
    static Result<Icons> load();
    std::optional<char32_t> find(std::string_view name) const;
    std::size_t size() const { return code_points_.size(); }

  private:
    std::map<std::string, char32_t, std::less<>> code_points_;
};

}  // namespace machikoe
