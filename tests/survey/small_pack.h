// A small valid pack for tests: one issue, all nine types of question, invented content.
#pragma once

#include "app/survey/pack.h"

namespace machikoe {

/// Every file of the pack by name.  Edit one to make it wrong.
PackFiles small_pack_files();

}  // namespace machikoe
