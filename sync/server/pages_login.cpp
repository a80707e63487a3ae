// Coming and going: log-in with two factors, invitations, language.
#include "app/base/crypto.h"
#include "sync/pages/desk.h"
#include "sync/server/pages.h"
#include "sync/server/replies.h"

namespace machikoe {
namespace {

/// Of no password: compared with where there is no such account, so that it takes as long.
const std::string& nobodys_hash() {
    static const std::string hash = hash_secret(random_hex(16)).value_or("");
    return hash;
}

std::string refused_words(const Reader& reader) {
    return std::string(
        word(reader,
             "ログインできませんでした。名前、パスワード、確認コードのどれかが違うか、"
             "何度も間違えたためしばらく止めています。",
             "You are not logged in. Name, password or code is wrong, or there were too many wrong "
             "tries and you have to wait."));
}

std::string code_words(const Reader& reader) {
    return std::string(word(reader, "招待コードが違うか、期限が切れています。",
                            "The invitation code is wrong or no longer valid."));
}

}  // namespace

std::string_view Pages::cookie_name() const {
    return options_.is_secure ? "__Host-session" : "session";
}

/// "": forget it.
std::string Pages::session_cookie(const std::string& token) const {
    return std::string(cookie_name()) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict" +
           (options_.is_secure ? "; Secure" : "") + (token.empty() ? "; Max-Age=0" : "");
}

Step Pages::log_in_with(const Shared& visit) {
    const auto show = [this, visit](const std::string& problem, unsigned status) {
        return done(page(*visit, std::string(word(visit->reader, "ログイン", "Log in")),
                         login_page(visit->reader, problem), status));
    };
    if (visit->request.method == "GET") return show("", 200);
    if (const int wait = tries_.seconds_to_wait(visit->request.address, clock_.monotonic()))
        return done(too_often_response(wait));
    return Step{AskStore([this, visit, show](Store& store) {
        const auto account = store.account(field(visit->form, "name"));
        return Continuation([this, visit, show, account]() -> Step {
            if (!account && account.error().code != ErrorCode::NotFound)
                return done(store_failure(account.error()));
            return Step{Labour{[this, visit, show, account]() -> Continuation {
                const bool has_password = account && !account->password.empty();
                const bool is_right = is_secret(has_password ? account->password : nobodys_hash(),
                                                field(visit->form, "password"));
                return [this, visit, show, account, is_right]() -> Step {
                    if (!account) return show(refused_words(visit->reader), 403);
                    return Step{AskStore(
                        [this, visit, show, account, is_right](Store& store_again) -> Continuation {
                            const Milliseconds now = clock_.wall();
                            const auto in = log_in(store_again, *totp_, *account, is_right,
                                                   field(visit->form, "digits"), now);
                            Result<NewSession> session =
                                in ? begin_session(store_again, in->name, now)
                                   : Result<NewSession>(tl::unexpected<Error>(in.error()));
                            return [this, visit, show, session] {
                                if (!session && session.error().code != ErrorCode::Denied)
                                    return done(store_failure(session.error()));
                                if (!session) return show(refused_words(visit->reader), 403);
                                HttpResponse response = see_other("/");
                                response.cookies.push_back(session_cookie(session->token));
                                return done(std::move(response));
                            };
                        })};
                };
            }}};
        });
    })};
}

Step Pages::log_out(const Shared& visit) {
    return Step{AskStore([this, visit](Store& store) {
        const Status noted =
            note_deed(store, visit->caller->account.name, "log-out", "", clock_.wall());
        const Status ended = store.end_session(visit->caller->session.token_hash);
        return Continuation([this, noted, ended] {
            if (!ended || !noted) return done(store_failure(ended ? noted.error() : ended.error()));
            HttpResponse response = see_other("/login");
            response.cookies.push_back(session_cookie(""));
            return done(std::move(response));
        });
    })};
}

Step Pages::choose_language(const Shared& visit) {
    const std::string to = field(visit->form, "to"), back = field(visit->form, "back");
    HttpResponse response = see_other(is_page(back) ? back : "/");
    response.cookies.push_back(std::string("lang=") + (to == "en" ? "en" : "ja") +
                               "; Path=/; SameSite=Lax; Max-Age=31536000" +
                               (options_.is_secure ? "; Secure" : ""));
    return done(std::move(response));
}

// ---- invitations --------------------------------------------------------------------------

Step Pages::invitation(const Shared& visit) {
    if (visit->request.method == "GET")
        return done(page(*visit, std::string(word(visit->reader, "招待", "Invitation")),
                         invitation_page(visit->reader, "")));
    if (const int wait = tries_.seconds_to_wait(visit->request.address, clock_.monotonic()))
        return done(too_often_response(wait));
    return show_setting(visit, "");
}

Step Pages::show_setting(const Shared& visit, const std::string& problem) {
    return Step{AskStore([this, visit, problem](Store& store) {
        const std::string code = field(visit->form, "code");
        const auto account = begin_invitation(store, *totp_, code, clock_.wall());
        return Continuation([this, visit, problem, code, account] {
            const Reader& reader = visit->reader;
            if (!account && account.error().code != ErrorCode::Denied)
                return done(store_failure(account.error()));
            if (!account)
                return done(page(*visit, std::string(word(reader, "招待", "Invitation")),
                                 invitation_page(reader, code_words(reader)), 403));
            const auto base32 = totp_->shown(account->name, account->totp_key);
            if (!base32) return done(store_failure(base32.error()));
            const Setting setting{account->name, code, *base32, Totp::uri(account->name, *base32)};
            return done(page(*visit,
                             std::string(word(reader, "アカウントの設定", "Set up your account")),
                             setting_page(reader, setting, problem), problem.empty() ? 200 : 400));
        });
    })};
}

Step Pages::set_up(const Shared& visit) {
    if (const int wait = tries_.seconds_to_wait(visit->request.address, clock_.monotonic()))
        return done(too_often_response(wait));
    const std::string password = field(visit->form, "password");
    if (password != field(visit->form, "again"))
        return show_setting(visit, std::string(word(visit->reader, "2つのパスワードが違います。",
                                                    "The two passwords differ.")));
    return Step{AskStore([this, visit, password](Store& store) {
        const auto account = invited_by(store, field(visit->form, "code"), clock_.wall());
        return Continuation([this, visit, password, account]() -> Step {
            if (account && !fit_password(account->name, password))
                return show_setting(
                    visit,
                    std::string(word(visit->reader,
                                     "パスワードは12文字以上で、名前を含まないものにしてください。",
                                     "The password needs 12 characters and must not have the name "
                                     "in it.")));
            if (!account) return show_setting(visit, "");  // says that the code is wrong
            return Step{Labour{[this, visit, password]() -> Continuation {
                const auto hash = hash_secret(password);
                return [this, visit, hash]() -> Step {
                    if (!hash) return done(busy_response("no memory for it now"));
                    return Step{AskStore([this, visit, hash](Store& store_again) -> Continuation {
                        const Milliseconds now = clock_.wall();
                        const auto set =
                            accept_invitation(store_again, *totp_, field(visit->form, "code"),
                                              *hash, field(visit->form, "digits"), now);
                        const Status noted =
                            set ? note_deed(store_again, set->name, "account-set-up", "", now)
                                : Status{};
                        return [this, visit, set, noted]() -> Step {
                            if (set && noted) return done(see_other("/login"));
                            if (set) return done(store_failure(noted.error()));
                            return show_setting(
                                visit, std::string(word(visit->reader, "確認コードが違います。",
                                                        "The six digits are wrong.")));
                        };
                    })};
                };
            }}};
        });
    })};
}

}  // namespace machikoe
