#include "sync/store/waiting_row.h"

#include <charconv>

namespace machikoe {
namespace {

constexpr std::size_t kLengthBytes = 4;

}  // namespace

std::string joined(const std::vector<std::string_view>& payloads) {
    std::size_t size = 0;
    for (const std::string_view payload : payloads) size += kLengthBytes + payload.size();
    std::string bytes;
    bytes.reserve(size);
    for (const std::string_view payload : payloads) {
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes += static_cast<char>(payload.size() >> shift & 0xff);
        bytes += payload;
    }
    return bytes;
}

Result<std::vector<std::string_view>> payloads_in(std::string_view joined) {
    std::vector<std::string_view> payloads;
    while (!joined.empty()) {
        if (joined.size() < kLengthBytes)
            return fail(ErrorCode::Corrupt, "what waits cannot be read");
        std::size_t size = 0;
        for (std::size_t i = 0; i < kLengthBytes; ++i)
            size = size << 8 | static_cast<unsigned char>(joined[i]);
        joined.remove_prefix(kLengthBytes);
        if (size > joined.size()) return fail(ErrorCode::Corrupt, "what waits is cut off");
        payloads.push_back(joined.substr(0, size));
        joined.remove_prefix(size);
    }
    return payloads;
}

std::string waiting_id(const std::string& row, std::size_t index) {
    return row + "/" + std::to_string(index);
}

Result<std::map<std::string, std::set<std::size_t>>> rows_of(const std::vector<std::string>& ids) {
    std::map<std::string, std::set<std::size_t>> rows;
    for (const std::string& id : ids) {
        const std::size_t slash = id.find('/');
        std::size_t index = 0;
        const char* end = id.data() + id.size();
        if (slash == std::string::npos ||
            std::from_chars(id.data() + slash + 1, end, index).ptr != end ||
            !rows[id.substr(0, slash)].insert(index).second)
            return fail(ErrorCode::Conflict, "one of the group waits no longer");
    }
    return rows;
}

Result<std::vector<std::string_view>> left_over(std::string_view joined,
                                                const std::set<std::size_t>& indexes) {
    const auto all = payloads_in(joined);
    if (!all) return all;
    std::vector<std::string_view> left;
    for (std::size_t i = 0; i < all->size(); ++i)
        if (!indexes.contains(i)) left.push_back((*all)[i]);
    if (left.size() + indexes.size() != all->size())
        return fail(ErrorCode::Conflict, "one of the group waits no longer");
    return left;
}

}  // namespace machikoe
