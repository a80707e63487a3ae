#include "sync/commands/deletion.h"

#include <fmt/format.h>

#include <cstdlib>

#include "sync/server/accounts.h"

namespace machikoe {

bool covers(const DeletionRule& rule, const Response& response) {
    const std::string& day = response.when.day;
    if (!rule.pack_hash.empty() && response.pack_hash != rule.pack_hash) return false;
    return rule.before_day.empty() || (!day.empty() && day < rule.before_day.substr(0, day.size()));
}

Result<DeletionPreview> preview_of(Store& store, const DeletionRule& rule) {
    DeletionPreview preview;
    const Status read = store.for_each_response([&](const std::string&, const Response& response) {
        if (!covers(rule, response)) return true;
        ++preview.responses;
        ++preview.by[{response.when.day.substr(0, 7), response.pack_hash}];
        return true;
    });
    if (!read) return tl::unexpected<Error>(read.error());
    return preview;
}

std::string text_of(const DeletionRule& rule) {
    std::string text;
    if (!rule.before_day.empty()) text = "before " + rule.before_day;
    if (!rule.pack_hash.empty()) text += (text.empty() ? "pack " : ", pack ") + rule.pack_hash;
    return text;
}

std::string first_kept_day(Milliseconds now, int months) {
    const std::string today = day_hour_in_japan(now).day;
    const int month = std::atoi(today.substr(0, 4).c_str()) * 12 +
                      std::atoi(today.substr(5, 2).c_str()) - 1 - months;
    // Of a month without such a day the next month's first would do; "02-31" sorts just there.
    return fmt::format("{:04}-{:02}{}", month / 12, month % 12 + 1, today.substr(7));
}

Result<std::int64_t> delete_outlived(Store& store, int months, Milliseconds now) {
    const DeletionRule rule{first_kept_day(now, months), ""};
    const auto deleted = store.delete_responses(rule);
    if (!deleted || *deleted == 0) return deleted;
    const Status noted = note_deed(
        store, "server", "delete-responses",
        fmt::format("{} responses {}: kept for {} months", *deleted, text_of(rule), months), now);
    if (!noted) return tl::unexpected<Error>(noted.error());
    return deleted;
}

}  // namespace machikoe
