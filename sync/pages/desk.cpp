#include "sync/pages/desk.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

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

/// What a kiosk last said of itself; only what is shown, whatever else it says.
struct Health {
    std::string version;
    std::optional<std::int64_t> at_ms, unsent, oldest_unsent_ms, clock_skew_s, free_mb;
};

std::optional<std::int64_t> number_in(const nlohmann::json& json, const char* name) {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
}

Health health_of(const KioskRow& kiosk) {
    const auto json = nlohmann::json::parse(kiosk.health, nullptr, false);
    Health health;
    if (!json.is_object()) return health;
    if (const auto version = json.find("version"); version != json.end() && version->is_string())
        health.version = version->get<std::string>();
    health.at_ms = number_in(json, "at_ms");
    health.unsent = number_in(json, "unsent");
    health.oldest_unsent_ms = number_in(json, "oldest_unsent_ms");
    health.clock_skew_s = number_in(json, "clock_skew_s");
    health.free_mb = number_in(json, "free_mb");
    return health;
}

Markup told(const std::optional<std::int64_t>& value, std::string_view unit) {
    return text(value ? number(*value) + std::string(unit) : "—");
}

/// By a batch or by what it told of itself.
std::optional<Milliseconds> last_heard(const KioskRow& kiosk, const Health& health) {
    if (!health.at_ms) return kiosk.last_seen;
    return std::max(Milliseconds{*health.at_ms}, kiosk.last_seen.value_or(Milliseconds{0}));
}

Markup state_of(const Reader& reader, const KioskRow& kiosk, std::optional<Milliseconds> heard,
                Milliseconds now) {
    const auto bad = [](std::string_view words) {
        return element("span class=\"mark bad\"", words);
    };
    if (kiosk.revoked) return bad(word(reader, "取消済み", "revoked"));
    if (kiosk.held < kiosk.highest_sequence)
        return bad(word(reader, "番号に欠け", "numbers missing"));
    if (!heard || *heard + kSilentAfter < now) return bad(word(reader, "連絡なし", "silent"));
    return element("span class=\"mark\"", word(reader, "正常", "well"));
}

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

Markup kiosks_page(const Reader& reader, const std::vector<KioskRow>& kiosks, const Counts& counts,
                   Milliseconds now) {
    Cells cells;
    cells.caption = std::string(
        word(reader, "2時間以上連絡がない、番号が欠けている、または取り消したものに印を付けます。",
             "Marked: silent for two hours, numbers missing, or revoked."));
    for (const auto& [ja, en] : {std::pair{"キオスク", "Kiosk"},
                                 {"場所", "Site"},
                                 {"状態", "State"},
                                 {"最後の連絡", "Last seen"},
                                 {"受け取った数", "Taken in"},
                                 {"欠け", "Missing"},
                                 {"未送信", "Unsent"},
                                 {"最も古い未送信", "Oldest unsent"},
                                 {"時計のずれ", "Clock skew"},
                                 {"空き容量", "Disk free"},
                                 {"版", "Version"}})
        cells.heads.emplace_back(word(reader, ja, en));
    cells.numeric = 4;
    for (const KioskRow& kiosk : kiosks) {
        const Health health = health_of(kiosk);
        const auto heard = last_heard(kiosk, health);
        cells.rows.push_back(
            {text(kiosk.name.empty() ? kiosk.id.substr(0, 8) : kiosk.name), text(kiosk.site),
             state_of(reader, kiosk, heard, now), text(heard ? local_time(heard->count()) : "—"),
             text(number(kiosk.held)), text(number(kiosk.highest_sequence - kiosk.held)),
             told(health.unsent, ""),
             text(health.oldest_unsent_ms ? local_time(*health.oldest_unsent_ms) : "—"),
             told(health.clock_skew_s, " s"), told(health.free_mb, " MB"),
             text(health.version.empty() ? "—" : health.version)});
    }
    Cells kept;
    kept.caption = std::string(word(reader, "サーバーが持っているもの", "What the server holds"));
    kept.heads = {std::string(word(reader, "種類", "Kind")),
                  std::string(word(reader, "数", "Number"))};
    for (const auto& [ja, en, count] :
         {std::tuple{"集計に入った回答", "Responses counted", counts.responses},
          {"まとめて出るのを待つ回答", "Responses that wait for their group", counts.waiting},
          {"隔離したもの", "In quarantine", counts.quarantined},
          {"同じ番号で中身が違うもの", "Conflicts", counts.conflicts}})
        kept.rows.push_back({text(word(reader, ja, en)), text(number(count))});
    return (cells.rows.empty()
                ? element("p class=\"note\"", word(reader, "まだ1台も登録されていません。",
                                                   "No kiosk is enrolled yet."))
                : table(cells)) +
           table(kept);
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

Markup exports_page(const Reader& reader) {
    Markup files;
    for (const auto& [path, ja, en] :
         {std::tuple{"/exports/evaluation.xlsx", "Excel ブック(指標・集計・クロス集計)",
                     "Excel workbook (indicators, tables, cross tables)"},
          {"/exports/indicators.csv", "指標(CSV)", "Indicators (CSV)"},
          {"/exports/tables.csv", "単純集計とクロス集計(CSV)", "Tables (CSV)"},
          {"/exports/evaluation.jsonl", "すべての数(JSON Lines)", "All figures (JSON Lines)"}})
        files += element("li", element("a" + attribute("href", path), word(reader, ja, en)));
    return element("p class=\"note\"",
                   word(reader,
                        "少ない人数が分かる数は入っていません。書き出しは操作の記録に残ります。"
                        "1件ずつの回答はコマンド machikoe export --microdata で書き出します。",
                        "Nothing that would tell of few people is in them. Each export is kept in "
                        "the audit log. Single responses: machikoe export --microdata.")) +
           element("ul", files);
}

}  // namespace machikoe
