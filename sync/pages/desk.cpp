#include "sync/pages/desk.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

namespace machikoe {
namespace {

Markup problem_note(std::string_view problem) {
    return problem.empty() ? Markup{} : element("p class=\"warning\" role=\"alert\"", problem);
}

std::string_view role_word(const Reader& reader, AccountRole role) {
    switch (role) {
        case AccountRole::Staff:
            return word(reader, "職員", "staff");
        case AccountRole::Evaluator:
            return word(reader, "評価者", "evaluator");
        case AccountRole::Administrator:
            return word(reader, "管理者", "administrator");
    }
    return "";
}

Markup role_choice(const Reader& reader) {
    Markup options;
    for (const AccountRole role :
         {AccountRole::Staff, AccountRole::Evaluator, AccountRole::Administrator})
        options += element("option" + attribute("value", name_of(role)), role_word(reader, role));
    return element("label class=\"field\"", element("span", word(reader, "役割", "Role")) +
                                                element("select name=\"role\"", options));
}

constexpr std::string_view kDigits =
    "inputmode=\"numeric\" autocomplete=\"one-time-code\" pattern=\"[0-9]{6}\" maxlength=\"6\"";

}  // namespace

Markup qr_code(std::string_view label, const std::string& content) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(content.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free);
    if (!code) return {};
    std::string path;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if (code->data[y * code->width + x] & 1)
                path += fmt::format("M{} {}h1v1h-1z", x + 4, y + 4);
    const int side = code->width + 8;  // a quiet zone of four modules
    return element(fmt::format("svg class=\"qr\" role=\"img\" viewBox=\"0 0 {0} {0}\"", side) +
                       attribute("aria-label", label),
                   element("path fill=\"#000\" d=\"" + path + "\"", ""));
}

Markup login_page(const Reader& reader, std::string_view problem) {
    const Markup fields =
        input(word(reader, "名前", "Name"), "name", "text",
              "autocomplete=\"username\" autocapitalize=\"none\" autofocus=\"autofocus\"") +
        input(word(reader, "パスワード", "Password"), "password", "password",
              "autocomplete=\"current-password\"") +
        input(word(reader, "確認コード(認証アプリの6けた)", "Code (six digits of your app)"),
              "digits", "text", kDigits) +
        button(word(reader, "ログイン", "Log in"));
    return problem_note(problem) + form(reader, "/login", fields, " class=\"panel\"") +
           element("p class=\"note\"", element("a href=\"/invitation\"",
                                               word(reader, "招待コードを受け取った方はこちら",
                                                    "You were given an invitation code?")));
}

Markup invitation_page(const Reader& reader, std::string_view problem) {
    return problem_note(problem) +
           form(reader, "/invitation",
                input(word(reader, "招待コード", "Invitation code"), "code", "text",
                      "autocomplete=\"off\" autofocus=\"autofocus\"") +
                    button(word(reader, "次へ", "Next")),
                " class=\"panel\"");
}

Markup setting_page(const Reader& reader, const Setting& setting, std::string_view problem) {
    const Markup scan =
        element("h2",
                word(reader, "1. 認証アプリに登録する", "1. Add it to your authenticator app")) +
        qr_code(word(reader, "認証アプリ用のQRコード", "QR code for the app"), setting.uri) +
        element("p class=\"code\"", setting.base32);
    const Markup choose =
        element("h2", word(reader, "2. パスワードを決める", "2. Choose a password")) +
        element("p class=\"note\"", word(reader, "12文字以上。名前を含まないもの。",
                                         "12 characters or more, without your name.")) +
        hidden("code", setting.code) +
        input(word(reader, "名前", "Name"), "name", "text",
              "autocomplete=\"username\" readonly=\"readonly\"", setting.account) +
        input(word(reader, "パスワード", "Password"), "password", "password",
              "autocomplete=\"new-password\" minlength=\"12\"") +
        input(word(reader, "パスワード(もう一度)", "The same again"), "again", "password",
              "autocomplete=\"new-password\" minlength=\"12\"") +
        input(word(reader, "確認コード(認証アプリの6けた)", "Code (six digits of your app)"),
              "digits", "text", kDigits) +
        button(word(reader, "設定する", "Set"));
    return problem_note(problem) +
           form(reader, "/invitation/set", scan + choose, " class=\"panel\"");
}

Markup accounts_page(const Reader& reader, const std::vector<Account>& accounts,
                     const std::optional<Invited>& made, std::string_view problem,
                     Milliseconds now) {
    Markup page = problem_note(problem);
    if (made)
        page += element(
            "div class=\"good\" role=\"status\"",
            element("p", fmt::format(fmt::runtime(
                                         word(reader, "{} の招待コード(24時間、1回だけ表示):",
                                              "Invitation code of {} (24 hours, shown only now):")),
                                     made->account)) +
                element("p class=\"code\"", made->code));
    Cells cells;
    cells.caption = std::string(word(reader, "アカウント", "Accounts"));
    for (const auto& [ja, en] : {std::pair{"名前", "Name"},
                                 {"役割", "Role"},
                                 {"状態", "State"},
                                 {"最後のログイン", "Last log-in"},
                                 {"操作", "Actions"}})
        cells.heads.emplace_back(word(reader, ja, en));
    cells.numeric = 5;
    for (const Account& account : accounts) {
        std::string_view state = word(reader, "有効", "active");
        if (account.password.empty()) state = word(reader, "招待中", "invited");
        if (account.locked_until > now) state = word(reader, "一時ロック", "locked for now");
        if (account.disabled) state = word(reader, "停止", "disabled");
        const auto action = [&](std::string_view what, std::string_view label,
                                std::string_view kind) {
            return form(reader, "/accounts/" + std::string(what),
                        hidden("name", account.name) + button(label, kind));
        };
        Markup actions;
        if (account.name != reader.account)
            actions = action("invite", word(reader, "招待し直す", "Invite again"), "quiet") +
                      action(account.disabled ? "enable" : "disable",
                             account.disabled ? word(reader, "再開", "Enable")
                                              : word(reader, "停止", "Disable"),
                             "quiet") +
                      action("remove", word(reader, "削除", "Remove"), "danger");
        cells.rows.push_back(
            {text(account.name), text(role_word(reader, account.role)), text(state),
             text(account.last_login ? local_time(account.last_login->count()) : "—"),
             element("div class=\"row\"", actions)});
    }
    const Markup fields = element(
        "div class=\"row\"", input(word(reader, "名前(a-z 0-9 . - _)", "Name (a-z 0-9 . - _)"),
                                   "name", "text", "pattern=\"[a-z0-9._\\-]{1,40}\"") +
                                 role_choice(reader) + button(word(reader, "招待する", "Invite")));
    return page + table(cells) + element("h2", word(reader, "新しいアカウント", "A new account")) +
           form(reader, "/accounts/new", fields);
}

Markup audit_page(const Reader& reader, const AuditView& view) {
    Markup state;
    if (view.broken)
        state = element(
            "p class=\"warning\" role=\"alert\"",
            fmt::format(fmt::runtime(word(reader, "{} 番の記録が、前の記録とつながりません。",
                                          "Entry {} does not follow from the one before.")),
                        *view.broken));
    else
        state = element("p class=\"good\"",
                        view.is_whole ? word(reader, "記録は最初から最後までつながっています。",
                                             "All entries form one chain.")
                                      : word(reader, "このページの記録はつながっています。",
                                             "The entries of this page form one chain."));
    Cells cells;
    cells.caption = std::string(word(reader, "新しい順", "The newest first"));
    for (const auto& [ja, en] : {std::pair{"番号", "Number"},
                                 {"時刻", "When"},
                                 {"だれが", "Who"},
                                 {"何を", "What"},
                                 {"内容", "Detail"}})
        cells.heads.emplace_back(word(reader, ja, en));
    cells.numeric = 5;
    for (const AuditEntry& entry : view.entries)
        cells.rows.push_back({text(std::to_string(entry.number)),
                              text(local_time(entry.when.count())), text(entry.who),
                              text(entry.what), text(entry.detail)});
    Markup ways;
    const auto way = [&](const std::string& to, std::string_view label) {
        ways += element("li", element("a" + attribute("href", to), label));
    };
    if (view.has_older)
        way("/audit?before=" + std::to_string(view.entries.back().number),
            word(reader, "古い記録", "Older"));
    way("/audit", word(reader, "最新の記録", "The newest"));
    way("/audit?whole=1", word(reader, "すべての記録を確かめる", "Check the whole log"));
    return state + table(cells) + element("ul", ways);
}

}  // namespace machikoe
