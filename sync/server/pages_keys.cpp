// Keys by which programs read: made, shown once, removed.
#include <algorithm>

#include "app/base/crypto.h"
#include "sync/server/pages.h"
#include "sync/server/replies.h"

namespace machikoe {
namespace {

constexpr std::size_t kMaxLabel = 120;  // bytes
constexpr std::size_t kMostKeys = 20;   // of one account

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= kMaxLabel && std::ranges::none_of(text, [](char sign) {
        return static_cast<unsigned char>(sign) < ' ' || sign == 0x7f;
    });
}

}  // namespace

Step Pages::keys(const Shared& visit, std::optional<NewKey> made, std::string problem) {
    return Step{AskStore([this, visit, made, problem](Store& store) {
        // Administrators see everybody's.
        const auto all = store.access_keys(
            visit->reader.may_administer ? std::string() : visit->caller->account.name);
        return Continuation([this, visit, made, problem, all] {
            if (!all) return done(store_failure(all.error()));
            return done(
                page(*visit, std::string(word(visit->reader, "アクセスキー", "Access keys")),
                     keys_page(visit->reader, *all, made, problem), problem.empty() ? 200 : 400));
        });
    })};
}

Step Pages::new_key(const Shared& visit) {
    const std::string label = field(visit->form, "label");
    const Reader& reader = visit->reader;
    if (!is_label(label))
        return keys(
            visit, std::nullopt,
            std::string(word(reader, "名前は1〜120バイトです。", "A label has 1 to 120 bytes.")));
    return Step{AskStore([this, visit, label](Store& store) {
        const std::string& account = visit->caller->account.name;
        const Milliseconds now = clock_.wall();
        const NewKey made{label, "mk_" + random_hex(32)};
        const auto held = store.access_keys(account);
        const bool is_full = held && held->size() >= kMostKeys;
        Status added = held ? Status{} : tl::unexpected<Error>(held.error());
        if (added && !is_full) added = note_deed(store, account, "key-made", label, now);
        if (added && !is_full)
            added = store.add_access_key({sha256_hex(made.key), account, label, now, std::nullopt});
        return Continuation([this, visit, made, added, is_full] {
            if (!added) return done(store_failure(added.error()));
            if (is_full)
                return keys(visit, std::nullopt,
                            std::string(word(visit->reader,
                                             "キーが多すぎます。使わないものを削除してください。",
                                             "Too many keys: remove those that are not used.")));
            return keys(visit, made, "");
        });
    })};
}

Step Pages::remove_key(const Shared& visit) {
    const std::string id = field(visit->form, "id");
    return Step{AskStore([this, visit, id](Store& store) {
        const auto key = store.access_key(id);
        const bool is_theirs =
            key && (key->account == visit->caller->account.name || visit->reader.may_administer);
        Status removed = key ? Status{} : tl::unexpected<Error>(key.error());
        if (is_theirs) removed = store.remove_access_key(id);
        if (is_theirs && removed)
            removed = note_deed(store, visit->caller->account.name, "key-removed",
                                key->account + ": " + key->label, clock_.wall());
        return Continuation([this, visit, removed, is_theirs] {
            if (!removed && removed.error().code != ErrorCode::NotFound)
                return done(store_failure(removed.error()));
            if (!is_theirs || !removed)
                return done(error_response(404, "no such key of this account"));
            return done(see_other("/keys"));
        });
    })};
}

}  // namespace machikoe
