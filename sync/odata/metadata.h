// Metadata: the columns of the table as CSDL XML.
#pragma once

#include <string>

#include "sync/odata/table.h"

namespace machikoe::odata {

std::string metadata(const Table& table);

}  // namespace machikoe::odata
