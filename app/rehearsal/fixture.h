// Fixture: a JSON file that says what a visit was like, so that any screen can be shown with
// prepared data.
//
//   {"answers": {"s1": ["feel"], "c9": 3, "l5": "…"}, "page": 1,
//    "text-size": "largest", "theme": "low-glare", "ruby": false}
//
// Every member may be missing.  Answers given here replace those of the prepared visit, all of
// them.  Invalid names the member that is wrong.
#pragma once

#include <string_view>

#include "app/base/result.h"
#include "app/visit/visit.h"

namespace machikoe {

/// `visit` as the fixture wants it.
Result<Visit> with_fixture(const Pack& pack, Visit visit, std::string_view json);

/// "small", "standard", …; "standard", "white-on-black", …
std::string_view name_of(TextSize size);
std::string_view name_of(ThemeChoice theme);

}  // namespace machikoe
