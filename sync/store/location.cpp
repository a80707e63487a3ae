#include "sync/store/location.h"

namespace machikoe {

StoreLocation parse_store_location(const std::string& text) {
    if (text.starts_with("postgresql://") || text.starts_with("postgres://")) return {{}, text};
    return {text, ""};
}

Result<std::unique_ptr<Store>> open_store(const StoreLocation& location, StoreMode mode) {
    if (location.url.empty()) return open_sqlite_store(location.folder, mode);
    return open_postgres_store(location.url, mode);
}

}  // namespace machikoe
