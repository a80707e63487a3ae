// Groups that wait and come out.
#include <algorithm>

#include "app/base/crypto.h"
#include "sync/store/sqlite_store.h"

namespace machikoe {

Result<std::vector<WaitingGroup>> SqliteStore::waiting_groups() {
    return guarded([&] {
        SQLite::Statement all(database_,
                              "SELECT site, event, sum(size) FROM waiting GROUP BY site, event"
                              " ORDER BY site, event");
        std::vector<WaitingGroup> groups;
        while (all.executeStep())
            groups.push_back({all.getColumn(0).getString(), all.getColumn(1).getString(),
                              all.getColumn(2).getInt64()});
        return groups;
    });
}

Result<std::vector<WaitingResponse>> SqliteStore::waiting(const std::string& site,
                                                          const std::string& event) {
    return guarded([&]() -> Result<std::vector<WaitingResponse>> {
        SQLite::Statement all(
            database_,
            "SELECT id, kiosk, payloads FROM waiting WHERE site = ? AND event = ? ORDER BY id");
        Use group(all);
        group.with(site, event);
        std::vector<WaitingResponse> found;
        while (all.executeStep()) {
            const auto payloads = payloads_in(view_of(all.getColumn(2)));
            if (!payloads) return tl::unexpected<Error>(payloads.error());
            for (std::size_t i = 0; i < payloads->size(); ++i)
                found.push_back({waiting_id(all.getColumn(0).getString(), i),
                                 all.getColumn(1).getString(), std::string((*payloads)[i])});
        }
        return found;
    });
}

Result<ReleasePlace> SqliteStore::release(const std::vector<std::string>& waiting_ids,
                                          const std::vector<Response>& responses) {
    return guarded([&]() -> Result<ReleasePlace> {
        const auto rows = rows_of(waiting_ids);
        if (!rows) return tl::unexpected<Error>(rows.error());
        Taking transaction(transaction_);
        for (const auto& [row, indexes] : *rows)
            if (const Status forgotten = forget(row, indexes); !forgotten)
                return tl::unexpected<Error>(forgotten.error());
        ComingOut out;
        const auto place = come_out(responses, out);
        if (!place) return tl::unexpected<Error>(place.error());
        write(out);
        transaction.commit();
        ++releases_;
        return **place;
    });
}

Status SqliteStore::forget(const std::string& row, const std::set<std::size_t>& indexes) {
    const auto size = static_cast<std::int64_t>(indexes.size());
    const bool is_whole = *indexes.rbegin() + 1 == indexes.size();
    if (is_whole && Use(forget_waiting_).with(row, size)->exec() == 1) return {};
    SQLite::Statement take(
        database_, "DELETE FROM waiting WHERE id = ? RETURNING kiosk, site, event, payloads");
    take.bind(1, row);
    if (!take.executeStep()) return fail(ErrorCode::Conflict, "one of the group waits no longer");
    const std::string payloads = bytes_of(take.getColumn(3));
    const auto left = left_over(payloads, indexes);
    if (!left) return tl::unexpected<Error>(left.error());
    const std::string kiosk = take.getColumn(0).getString();
    const WaitingRows rows{{{take.getColumn(1).getString(), take.getColumn(2).getString()}, *left}};
    take.reset();
    write(kiosk, rows);
    return {};
}

void SqliteStore::write(const std::string& kiosk, const WaitingRows& rows) {
    for (const auto& [of, payloads] : rows) {
        const std::string bytes = joined(payloads);
        Use(add_waiting_)
            .borrowing(random_hex(16), kiosk, of.first, of.second,
                       static_cast<std::int64_t>(payloads.size()), Use::blob(bytes))
            ->exec();
    }
}

Result<std::shared_ptr<const ReleasePlace>> SqliteStore::come_out(
    const std::vector<Response>& group, ComingOut& out) {
    auto release = packed(group);
    if (!release) return tl::unexpected<Error>(release.error());
    auto place = std::make_shared<const ReleasePlace>(
        ReleasePlace{writer_, releases_ + 1 + std::ssize(out)});
    out.emplace_back(place, std::move(*release));
    return place;
}

/// What was answered after what is not to be read from the pages and rows that this writes.
void SqliteStore::write(const ComingOut& out) {
    std::vector<const GroupRow*> rows;
    std::vector<const TextPlace*> texts;
    for (const auto& [place, release] : out) {
        for (const GroupRow& row : release.rows) rows.push_back(&row);
        for (const TextPlace& text : release.texts) texts.push_back(&text);
    }
    std::ranges::sort(rows, {}, &GroupRow::id);
    std::ranges::sort(texts, {}, [](const TextPlace* each) -> const TextPlace& { return *each; });
    for (const GroupRow* row : rows) put(*row);
    for (const TextPlace* each : texts)
        Use(add_review_).borrowing(each->text.response, each->text.question, each->group)->exec();
    for (const auto& [place, release] : out)
        Use(add_released_).borrowing(place->writer, place->number, release.row_ids)->exec();
}

void SqliteStore::put(const GroupRow& row) {
    Use(put_group_).borrowing(row.id, row.size, row.first_day, Use::blob(row.records))->exec();
}

}  // namespace machikoe
