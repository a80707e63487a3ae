// Keys: the page on which evaluators make and remove the keys by which their programs read figures.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/pages/frame.h"
#include "sync/store/account.h"

namespace machikoe {

/// Just made, shown once.
struct NewKey {
    std::string label, key;
};
/// Those that the reader may see; `problem` is "" or what is told above.
Markup keys_page(const Reader& reader, const std::vector<AccessKey>& keys,
                 const std::optional<NewKey>& made, std::string_view problem);

}  // namespace machikoe
