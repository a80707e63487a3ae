// Groups that wait and come out.
#include <algorithm>

#include "sync/store/postgres_store.h"

namespace machikoe {

Result<std::vector<WaitingGroup>> PostgresStore::waiting_groups() {
    return pg_guarded([&] {
        const PgRows rows = read(
            "SELECT site, event, CAST(sum(size) AS BIGINT) FROM waiting GROUP BY site, event"
            " ORDER BY site, event");
        std::vector<WaitingGroup> groups;
        for (int i = 0; i < rows.size(); ++i)
            groups.push_back({rows.text(i, 0), rows.text(i, 1), rows.number(i, 2)});
        return groups;
    });
}

Result<std::vector<WaitingResponse>> PostgresStore::waiting(const std::string& site,
                                                            const std::string& event) {
    return pg_guarded([&]() -> Result<std::vector<WaitingResponse>> {
        const PgRows rows = read(
            "SELECT id, kiosk, payloads FROM waiting WHERE site = $1 AND event = $2 ORDER BY id",
            PgParams(site, event));
        std::vector<WaitingResponse> found;
        for (int i = 0; i < rows.size(); ++i) {
            const auto payloads = payloads_in(rows.view(i, 2));
            if (!payloads) return tl::unexpected<Error>(payloads.error());
            for (std::size_t n = 0; n < payloads->size(); ++n)
                found.push_back(
                    {waiting_id(rows.text(i, 0), n), rows.text(i, 1), std::string((*payloads)[n])});
        }
        return found;
    });
}

Result<ReleasePlace> PostgresStore::release(const std::vector<std::string>& waiting_ids,
                                            const std::vector<Response>& responses) {
    auto released = write([&]() -> Result<ReleasePlace> {
        if (const Status forgotten = forget(waiting_ids); !forgotten)
            return tl::unexpected<Error>(forgotten.error());
        auto release = packed(responses);
        if (!release) return tl::unexpected<Error>(release.error());
        std::vector<PackedRelease> releases;
        releases.push_back(std::move(*release));
        Places places;
        send_out(releases, places);
        return *places.front();
    });
    if (released) releases_ = released->number;
    return released;
}

/// Of two servers that let one group out, the second waits here for the first and then finds fewer.
Status PostgresStore::forget(const std::vector<std::string>& waiting_ids) {
    auto rows = rows_of(waiting_ids);
    if (!rows) return tl::unexpected<Error>(rows.error());
    PgArray ids(PgArray::Of::Text), sizes(PgArray::Of::Number);
    for (const auto& [row, indexes] : *rows)
        if (*indexes.rbegin() + 1 == indexes.size()) {
            ids.add(row);
            sizes.add(static_cast<std::int64_t>(indexes.size()));
        }
    const PgRows whole = connection_.run(
        "DELETE FROM waiting WHERE (id, size) IN (SELECT * FROM unnest($1::text[], $2::bigint[]))"
        " RETURNING id",
        PgParams(ids, sizes));
    for (int i = 0; i < whole.size(); ++i) rows->erase(whole.text(i, 0));
    std::map<std::string, WaitingRows> by_kiosk;
    std::vector<PgRows> taken;  // what is left lies in there
    for (const auto& [row, indexes] : *rows) {
        const PgRows& take = taken.emplace_back(connection_.run(
            "DELETE FROM waiting WHERE id = $1 RETURNING kiosk, site, event, payloads",
            PgParams(row)));
        if (take.size() == 0) return fail(ErrorCode::Conflict, "one of the group waits no longer");
        const auto left = left_over(take.view(0, 3), indexes);
        if (!left) return tl::unexpected<Error>(left.error());
        auto& all = by_kiosk[take.text(0, 0)][{take.text(0, 1), take.text(0, 2)}];
        all.insert(all.end(), left->begin(), left->end());
    }
    send_waiting(by_kiosk);
    return {};
}

void PostgresStore::send_waiting(const std::map<std::string, WaitingRows>& by_kiosk) {
    using Of = PgArray::Of;
    PgArray ids(Of::Text), kiosks(Of::Text), sites(Of::Text), events(Of::Text), sizes(Of::Number),
        payloads(Of::Bytes);
    for (const auto& [kiosk, rows] : by_kiosk)
        for (const auto& [of, all] : rows) {
            ids.add(random_hex(16));
            kiosks.add(kiosk);
            sites.add(of.first);
            events.add(of.second);
            sizes.add(std::ssize(all));
            payloads.add(joined(all));
        }
    if (ids.size() > 0)
        connection_.send(
            "INSERT INTO waiting (id, kiosk, site, event, size, payloads) SELECT * FROM"
            " unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bytea[])",
            PgParams(ids, kiosks, sites, events, sizes, payloads));
}

/// What was answered after what is not to be read from the pages that this writes: in the order of
/// random ids.
void PostgresStore::send_out(const std::vector<PackedRelease>& releases, Places& places) {
    using Of = PgArray::Of;
    PgArray ids(Of::Text), sizes(Of::Number), days(Of::Text), records(Of::Bytes);
    PgArray texts_of(Of::Text), questions(Of::Text), groups(Of::Text);
    PgArray writers(Of::Text), numbers(Of::Number), row_ids(Of::Text);
    std::vector<const GroupRow*> rows;
    std::vector<const TextPlace*> texts;
    for (const PackedRelease& release : releases) {
        places.push_back(std::make_shared<const ReleasePlace>(
            ReleasePlace{writer_, releases_ + 1 + std::ssize(places)}));
        writers.add(places.back()->writer);
        numbers.add(places.back()->number);
        row_ids.add(release.row_ids);
        for (const GroupRow& row : release.rows) rows.push_back(&row);
        for (const TextPlace& text : release.texts) texts.push_back(&text);
    }
    if (releases.empty()) return;
    std::ranges::sort(rows, {}, &GroupRow::id);
    std::ranges::sort(texts, {}, [](const TextPlace* each) -> const TextPlace& { return *each; });
    for (const GroupRow* row : rows) {
        ids.add(row->id);
        sizes.add(row->size);
        days.add(row->first_day);
        records.add(row->records);
    }
    for (const TextPlace* each : texts) {
        texts_of.add(each->text.response);
        questions.add(each->text.question);
        groups.add(each->group);
    }
    connection_.send(
        "INSERT INTO response_group (id, size, first_day, records)"
        " SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bytea[])",
        PgParams(ids, sizes, days, records));
    if (questions.size() > 0)
        connection_.send(
            "INSERT INTO review (response, question, response_group)"
            " SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            PgParams(texts_of, questions, groups));
    connection_.send(
        "INSERT INTO released (writer, number, response_groups)"
        " SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])",
        PgParams(writers, numbers, row_ids));
}

}  // namespace machikoe
