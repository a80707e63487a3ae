// The administrator's page: who has an account.
#include "sync/pages/desk.h"
#include "sync/server/pages.h"
#include "sync/server/replies.h"

namespace machikoe {

Step Pages::accounts(const Shared& visit, std::optional<std::pair<std::string, std::string>> made,
                     std::string problem) {
    return Step{AskStore([this, visit, made, problem](Store& store) {
        auto all = store.accounts();
        return Continuation([this, visit, made, problem, all] {
            if (!all) return done(store_failure(all.error()));
            std::optional<Invited> invited;
            if (made) invited = Invited{made->first, made->second};
            HttpResponse response =
                page(*visit, std::string(word(visit->reader, "アカウント", "Accounts")),
                     accounts_page(visit->reader, *all, invited, problem, clock_.wall()),
                     problem.empty() ? 200 : 400);
            return done(std::move(response));
        });
    })};
}

Step Pages::new_account(const Shared& visit) {
    return Step{AskStore([this, visit](Store& store) {
        const std::string name = field(visit->form, "name");
        const auto role = account_role_of(field(visit->form, "role"));
        const Milliseconds now = clock_.wall();
        Result<std::string> code = role ? invite(store, name, *role, now)
                                        : Result<std::string>(fail(ErrorCode::Invalid, "role"));
        if (code)
            if (const Status noted =
                    note_deed(store, visit->caller->account.name, "account-invited",
                              name + " " + std::string(name_of(*role)), now);
                !noted)
                code = tl::unexpected<Error>(noted.error());
        return Continuation([this, visit, name, code] {
            if (code) return accounts(visit, std::pair(name, *code), "");
            const Reader& reader = visit->reader;
            if (code.error().code == ErrorCode::Conflict)
                return accounts(visit, std::nullopt,
                                std::string(word(reader, "その名前のアカウントはすでにあります。",
                                                 "There is an account of this name already.")));
            if (code.error().code == ErrorCode::Invalid)
                return accounts(visit, std::nullopt,
                                std::string(word(reader, "名前は a-z、0-9、. - _ の1〜40文字です。",
                                                 "A name has 1 to 40 of a-z, 0-9, . - _")));
            if (code.error().code == ErrorCode::Denied)
                return accounts(
                    visit, std::nullopt,
                    std::string(word(reader,
                                     "アカウントが多すぎます。不要なものを削除してください。",
                                     "There are too many accounts: remove some.")));
            return done(store_failure(code.error()));
        });
    })};
}

Step Pages::change_account(std::string_view what, const Shared& visit) {
    const std::string name = field(visit->form, "name");
    if (name == visit->caller->account.name)
        return accounts(visit, std::nullopt,
                        std::string(word(visit->reader, "自分のアカウントは変えられません。",
                                         "You cannot change your own account.")));
    return Step{AskStore([this, visit, name, what = std::string(what)](Store& store) {
        const Milliseconds now = clock_.wall();
        std::optional<std::pair<std::string, std::string>> made;
        Status changed;
        if (what == "invite") {
            const auto code = invite_again(store, name, now);
            if (code) made.emplace(name, *code);
            if (!code) changed = tl::unexpected<Error>(code.error());
        } else if (what == "remove") {
            changed = store.remove_account(name);
        } else {
            const auto account = store.change_account(name, [&](Account& each) -> Status {
                each.disabled = what == "disable";
                return {};
            });
            changed =
                account ? store.end_sessions_of(name) : tl::unexpected<Error>(account.error());
        }
        if (changed)
            changed = note_deed(store, visit->caller->account.name, "account-" + what, name, now);
        return Continuation([this, visit, made, changed] {
            if (!changed && changed.error().code == ErrorCode::NotFound)
                return accounts(visit, std::nullopt,
                                std::string(word(visit->reader, "そのアカウントはありません。",
                                                 "There is no such account.")));
            if (!changed) return done(store_failure(changed.error()));
            return accounts(visit, made, "");
        });
    })};
}

}  // namespace machikoe
