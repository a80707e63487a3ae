#include "sync/commands/ledger_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "app/base/clock.h"
#include "sync/commands/common.h"

namespace machikoe {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kPage = 1000;
constexpr std::size_t kHashShown = 12;

std::string text_of(const std::vector<Gap>& ranges) {
    std::string text;
    for (const Gap& range : ranges) {
        if (!text.empty()) text += ", ";
        text += range.first == range.last ? fmt::format("{}", range.first)
                                          : fmt::format("{}-{}", range.first, range.last);
    }
    return text;
}

void add_number(std::vector<Gap>& ranges, std::int64_t number) {
    if (!ranges.empty() && ranges.back().last == number - 1)
        ranges.back().last = number;
    else
        ranges.push_back({number, number});
}

Status read_held(Store& store, std::map<std::string, std::vector<HeldRange>>& held) {
    LedgerPlace after;
    for (;;) {
        const auto page = store.quarantined(std::nullopt, after, kPage);
        if (!page) return tl::unexpected<Error>(page.error());
        if (page->empty()) return {};
        after = {page->back().kiosk, page->back().sequence};
        for (const HeldEnvelope& each : *page) {
            std::vector<HeldRange>& ranges = held[each.kiosk];
            auto same = std::ranges::find_if(ranges, [&](const HeldRange& range) {
                return range.why.cause == each.why.cause && range.why.reason == each.why.reason;
            });
            if (same == ranges.end()) same = ranges.insert(ranges.end(), {{}, each.why});
            add_number(same->numbers, each.sequence);
        }
    }
}

std::string text_of(const KioskLedger& ledger) {
    const KioskRow& kiosk = ledger.kiosk;
    std::string text =
        fmt::format("kiosk {} \"{}\" at \"{}\"{}: {} of {} numbers are here, last seen {}\n",
                    kiosk.id, kiosk.name, kiosk.site, kiosk.revoked ? ", revoked" : "", kiosk.held,
                    kiosk.highest_sequence, kiosk.last_seen ? hour_of(*kiosk.last_seen) : "never");
    if (!ledger.missing.empty()) text += fmt::format("  missing: {}\n", text_of(ledger.missing));
    for (const ConflictRow& row : ledger.conflicts)
        text +=
            fmt::format("  conflict: number {} came twice, as {} (kept) and as {} (aside), {}\n",
                        row.sequence, row.held_hash.substr(0, kHashShown),
                        row.other_hash.substr(0, kHashShown), hour_of(row.noted));
    for (const HeldRange& range : ledger.held)
        text += fmt::format("  held back ({}): {}: {}\n", name_of(range.why.cause),
                            text_of(range.numbers), range.why.reason);
    return text;
}

Json json_of(const std::vector<Gap>& ranges) {
    Json all = Json::array();
    for (const Gap& range : ranges) all.push_back({range.first, range.last});
    return all;
}

Json json_of(const KioskLedger& ledger) {
    const KioskRow& kiosk = ledger.kiosk;
    Json conflicts = Json::array(), held = Json::array();
    for (const ConflictRow& row : ledger.conflicts)
        conflicts.push_back({{"number", row.sequence},
                             {"kept", row.held_hash},
                             {"aside", row.other_hash},
                             {"noted", hour_of(row.noted)}});
    for (const HeldRange& range : ledger.held)
        held.push_back({{"cause", name_of(range.why.cause)},
                        {"reason", range.why.reason},
                        {"numbers", json_of(range.numbers)}});
    return {{"id", kiosk.id},
            {"name", kiosk.name},
            {"site", kiosk.site},
            {"revoked", kiosk.revoked},
            {"last_seen", kiosk.last_seen ? Json(hour_of(*kiosk.last_seen)) : Json()},
            {"highest", kiosk.highest_sequence},
            {"here", kiosk.held},
            {"missing", json_of(ledger.missing)},
            {"conflicts", conflicts},
            {"held_back", held}};
}

}  // namespace

bool LedgerReport::needs_care() const {
    return !adds_up() || std::ranges::any_of(kiosks, [](const KioskLedger& each) {
        return !each.missing.empty() || !each.held.empty() || !each.conflicts.empty();
    });
}

Result<LedgerReport> read_ledger(Store& store) {
    LedgerReport report;
    const auto kiosks = store.kiosks();
    if (!kiosks) return tl::unexpected<Error>(kiosks.error());
    const auto conflicts = store.conflicts();
    if (!conflicts) return tl::unexpected<Error>(conflicts.error());
    std::map<std::string, std::vector<HeldRange>> held;
    if (const Status read = read_held(store, held); !read)
        return tl::unexpected<Error>(read.error());
    for (const KioskRow& row : *kiosks) {
        auto missing = store.gaps(row.id);
        if (!missing) return tl::unexpected<Error>(missing.error());
        KioskLedger ledger{row, std::move(*missing), std::move(held[row.id]), {}};
        for (const ConflictRow& conflict : *conflicts)
            if (conflict.kiosk == row.id) ledger.conflicts.push_back(conflict);
        report.kiosks.push_back(std::move(ledger));
    }
    auto waiting = store.waiting_groups();
    if (!waiting) return tl::unexpected<Error>(waiting.error());
    report.waiting = std::move(*waiting);
    const auto counts = store.counts();
    if (!counts) return tl::unexpected<Error>(counts.error());
    report.counts = *counts;
    return report;
}

std::string to_text(const LedgerReport& report) {
    std::string text;
    for (const KioskLedger& ledger : report.kiosks) text += text_of(ledger);
    for (const WaitingGroup& group : report.waiting)
        text +=
            fmt::format("waiting for their group: {} of site \"{}\"{}\n", group.count, group.site,
                        group.event.empty() ? "" : fmt::format(", event \"{}\"", group.event));
    const Counts& counts = report.counts;
    text += fmt::format(
        "{} responses + {} waiting + {} openings + {} held back = {}; in the ledger: {}{}\n",
        counts.responses, counts.waiting, counts.openings, counts.quarantined,
        counts.responses + counts.waiting + counts.openings + counts.quarantined, counts.ledger,
        report.adds_up() ? "" : "  THIS DOES NOT ADD UP");
    if (counts.conflicts > 0) text += fmt::format("{} conflicts aside\n", counts.conflicts);
    return text;
}

std::string to_json(const LedgerReport& report) {
    Json kiosks = Json::array(), waiting = Json::array();
    for (const KioskLedger& ledger : report.kiosks) kiosks.push_back(json_of(ledger));
    for (const WaitingGroup& group : report.waiting)
        waiting.push_back({{"site", group.site}, {"event", group.event}, {"count", group.count}});
    const Counts& counts = report.counts;
    const Json all = {{"kiosks", kiosks},
                      {"waiting", waiting},
                      {"counts",
                       {{"responses", counts.responses},
                        {"waiting", counts.waiting},
                        {"openings", counts.openings},
                        {"held_back", counts.quarantined},
                        {"conflicts", counts.conflicts},
                        {"ledger", counts.ledger}}},
                      {"adds_up", report.adds_up()}};
    return all.dump(2) + "\n";
}

}  // namespace machikoe
