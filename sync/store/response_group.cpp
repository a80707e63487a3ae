#include "sync/store/response_group.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "app/base/crypto.h"
#include "sync/wire/record.h"

namespace machikoe {
namespace {

// Of the quick levels the one that leaves least of a small group and of a large one.
constexpr int kCompression = 2;
constexpr std::size_t kMaxGroupBytes = kMostInGroup * (kMaxRecordBytes + kRowIdLength + 2);

Error damaged(const std::string& why) {
    return {ErrorCode::Corrupt, "responses of a group cannot be read: " + why};
}

std::string compressed(std::string_view text) {
    using Context = std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)>;
    thread_local const Context context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    std::string bytes(ZSTD_compressBound(text.size()), '\0');
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kCompression);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    // Cannot fail: the room is what the library asked for.
    bytes.resize(
        ZSTD_compress2(context.get(), bytes.data(), bytes.size(), text.data(), text.size()));
    return bytes;
}

Result<std::string> inflated(std::string_view bytes) {
    using Context = std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)>;
    thread_local const Context context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > kMaxGroupBytes)
        return tl::unexpected(damaged("not whole zstd data"));
    std::string text(size, '\0');
    const std::size_t written =
        ZSTD_decompressDCtx(context.get(), text.data(), text.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(written)) return tl::unexpected(damaged(ZSTD_getErrorName(written)));
    if (written != text.size()) return tl::unexpected(damaged("cut off"));
    return text;
}

Result<Response> response_in(std::string_view id, std::string_view record) {
    auto response = decode_record(record);
    if (!response)
        return fail(ErrorCode::Corrupt,
                    "response " + std::string(id) + " cannot be read: " + response.error().message);
    return response;
}

bool is_storable(const Response& response) {
    constexpr std::size_t kDay = 10, kMonth = 7, kHash = 64;
    const DayHour& when = response.when;
    return response.pack_hash.size() == kHash && when.hour >= -1 && when.hour <= 23 &&
           (when.day.empty() || when.day.size() == kDay || when.day.size() == kMonth);
}

/// Of two days or months, or of nothing, the earlier that says anything.
const std::string& earlier(const std::string& one, const std::string& other) {
    if (one.empty() || other.empty()) return one.empty() ? other : one;
    return std::min(one, other);
}

}  // namespace

GroupRow packed_again(std::string group_id, const std::vector<StoredResponse>& responses) {
    GroupRow row{std::move(group_id), static_cast<std::int64_t>(responses.size()), "", ""};
    std::size_t bytes = 0;
    for (const StoredResponse& each : responses) bytes += each.id.size() + each.record.size() + 2;
    std::string lines;
    lines.reserve(bytes);
    for (const StoredResponse& each : responses) {
        row.first_day = earlier(row.first_day, each.day);
        lines += each.id;
        lines += ' ';
        lines += each.record;
        lines += '\n';
    }
    row.records = compressed(lines);
    return row;
}

Result<PackedRelease> packed(const std::vector<Response>& responses) {
    if (!std::ranges::all_of(responses, &is_storable))
        return fail(ErrorCode::Invalid, "a response of no day, hour or pack that there is");
    // All at once: to ask for a few random bytes costs as much as to ask for many.
    const std::string ids = random_hex(responses.size() * kRowIdLength / 2);
    std::vector<std::pair<std::string, const Response*>> shuffled;
    for (std::size_t i = 0; i < responses.size(); ++i)
        shuffled.emplace_back(ids.substr(i * kRowIdLength, kRowIdLength), &responses[i]);
    std::ranges::sort(shuffled);
    PackedRelease release;
    for (std::size_t first = 0; first < shuffled.size(); first += kMostInGroup) {
        const std::size_t end = std::min(first + kMostInGroup, shuffled.size());
        const std::string group = random_hex(16);
        std::vector<StoredResponse> stored;
        stored.reserve(end - first);
        for (std::size_t i = first; i < end; ++i) {
            const auto& [id, response] = shuffled[i];
            // Encoded anew, not copied from the envelope: whatever else a kiosk may have put
            // beside the answer stays out of the store.
            stored.push_back({id, response->when.day, encode_record(*response)});
            for (const auto& [question, answer] : response->answers)
                if (std::holds_alternative<std::string>(answer.value))
                    release.texts.push_back({group, {id, question}});
        }
        release.rows.push_back(packed_again(group, stored));
    }
    std::ranges::sort(release.rows, {}, &GroupRow::id);
    for (const GroupRow& row : release.rows) release.row_ids += row.id;
    return release;
}

Status for_each_record(std::string_view records, const EachRecord& each) {
    const auto text = inflated(records);
    if (!text) return tl::unexpected<Error>(text.error());
    const std::string_view lines = *text;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = lines.find('\n', at);
        if (end == std::string_view::npos || end - at <= kRowIdLength ||
            lines[at + kRowIdLength] != ' ')
            return tl::unexpected(damaged("a line without an end or an id"));
        const std::string_view line = lines.substr(at, end - at);
        if (!each(line.substr(0, kRowIdLength), line.substr(kRowIdLength + 1))) break;
        at = end + 1;
    }
    return {};
}

Status for_each_read(const Scan& scan, const EachStored& each) {
    Status read;
    const Status whole = scan([&](std::string_view id, std::string_view record) {
        const auto response = response_in(id, record);
        if (response) return each(std::string(id), *response);
        read = tl::unexpected<Error>(response.error());
        return false;
    });
    return read ? whole : read;
}

Status for_each_stored(std::string_view records, const EachStored& each) {
    return for_each_read([&](const EachRecord& take) { return for_each_record(records, take); },
                         each);
}

Status read_into(std::vector<Response>& responses, std::string_view records) {
    return for_each_stored(records, [&](const std::string&, const Response& response) {
        responses.push_back(response);
        return true;
    });
}

Result<std::string> text_in(std::string_view records, const FreeTextId& text) {
    std::optional<std::string> words;
    const Status read = for_each_stored(records, [&](const std::string& id, const Response& each) {
        if (id != text.response) return true;
        const auto answer = each.answers.find(text.question);
        const auto* found = answer == each.answers.end()
                                ? nullptr
                                : std::get_if<std::string>(&answer->second.value);
        words = found ? *found : "";
        return false;
    });
    if (!read) return tl::unexpected<Error>(read.error());
    if (!words) return fail(ErrorCode::NotFound, "no response " + text.response);
    return *words;
}

Result<GroupRow> with_text(std::string group_id, std::string_view records, const FreeTextId& text,
                           const std::string& words) {
    std::vector<StoredResponse> stored;
    bool is_there = false;
    const Status read = for_each_stored(records, [&](const std::string& id, const Response& each) {
        if (id != text.response) {
            stored.push_back({id, each.when.day, encode_record(each)});
            return true;
        }
        is_there = true;
        Response changed = each;
        changed.answers[text.question].value = words;
        stored.push_back({id, changed.when.day, encode_record(changed)});
        return true;
    });
    if (!read) return tl::unexpected<Error>(read.error());
    if (!is_there) return fail(ErrorCode::NotFound, "no response " + text.response);
    return packed_again(std::move(group_id), stored);
}

bool covers(const DeletionRule& rule, const Response& response) {
    const std::string& day = response.when.day;
    if (!rule.pack_hash.empty() && response.pack_hash != rule.pack_hash) return false;
    return rule.before_day.empty() || (!day.empty() && day < rule.before_day.substr(0, day.size()));
}

Result<Thinned> thinned(std::string group_id, std::string_view records, const DeletionRule& rule) {
    Thinned result;
    std::vector<StoredResponse> kept;
    const Status read = for_each_stored(records, [&](const std::string& id, const Response& each) {
        if (covers(rule, each))
            result.deleted.push_back(id);
        else
            kept.push_back({id, each.when.day, encode_record(each)});
        return true;
    });
    if (!read) return tl::unexpected<Error>(read.error());
    if (!kept.empty()) result.row = packed_again(std::move(group_id), kept);
    return result;
}

// ---- in the order of ids ----------------------------------------------------------------

namespace {

using Held = std::pair<std::string, std::string>;  // id, record

std::size_t bytes_of(const Held& held) {
    return held.first.size() + held.second.size();
}

/// Those of the smallest ids behind a place, as many as there is room for.
class Portion {
  public:
    Portion(std::string after, std::size_t most_bytes)
        : after_(std::move(after)), most_bytes_(most_bytes) {}

    void offer(std::string_view id, std::string_view record) {
        if (id <= after_ || (is_cut_ && id > last_)) return;
        held_.emplace_back(id, record);
        bytes_ += bytes_of(held_.back());
        if (bytes_ > 2 * most_bytes_ && held_.size() > 1) cut();
    }
    bool is_cut() const { return is_cut_; }
    std::vector<Held>& sorted() {
        std::ranges::sort(held_);
        return held_;
    }

  private:
    /// Lets go of the larger half.
    void cut() {
        const auto middle = held_.begin() + std::ssize(held_) / 2 - 1;
        std::ranges::nth_element(held_, middle);
        held_.erase(std::next(middle), held_.end());
        last_ = held_.back().first;
        is_cut_ = true;
        bytes_ = 0;
        for (const Held& each : held_) bytes_ += bytes_of(each);
    }

    const std::string after_;
    const std::size_t most_bytes_;
    std::vector<Held> held_;
    std::size_t bytes_ = 0;
    std::string last_;
    bool is_cut_ = false;
};

}  // namespace

Status for_each_by_id(const Scan& scan, const EachStored& each, std::size_t most_bytes) {
    std::string after;
    for (bool more = true; more;) {
        Portion portion(after, most_bytes);
        const Status read = scan([&](std::string_view id, std::string_view record) {
            portion.offer(id, record);
            return true;
        });
        if (!read) return read;
        more = portion.is_cut();
        for (const auto& [id, record] : portion.sorted()) {
            const auto response = response_in(id, record);
            if (!response) return tl::unexpected<Error>(response.error());
            if (!each(id, *response)) return {};
            after = id;
        }
    }
    return {};
}

}  // namespace machikoe
