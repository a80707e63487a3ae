#include "sync/pages/keys.h"

#include <fmt/format.h>

namespace machikoe {
namespace {

Markup shown_once(const Reader& reader, const NewKey& made) {
    return element(
        "div class=\"good\" role=\"status\"",
        element("p",
                fmt::format(fmt::runtime(word(reader,
                                              "「{}」のキーです。表示されるのは今だけです。安全な"
                                              "場所に保管してください。",
                                              "The key “{}”. It is shown only now: keep it where "
                                              "nobody else reads it.")),
                            made.label)) +
            element("p class=\"code\"", made.key));
}

Markup list(const Reader& reader, const std::vector<AccessKey>& keys) {
    Cells cells;
    cells.caption = std::string(word(reader, "使えるキー", "Keys in use"));
    for (const auto& [ja, en] : {std::pair{"名前", "Label"},
                                 {"持ち主", "Owner"},
                                 {"作成", "Made"},
                                 {"最後に使われた時", "Last used"},
                                 {"操作", "Actions"}})
        cells.heads.emplace_back(word(reader, ja, en));
    cells.numeric = 5;
    for (const AccessKey& key : keys)
        cells.rows.push_back(
            {text(key.label), text(key.account), text(local_time(key.created.count())),
             text(key.last_used ? local_time(key.last_used->count())
                                : std::string(word(reader, "まだ", "never"))),
             form(reader, "/keys/remove",
                  hidden("id", key.key_hash) + button(word(reader, "削除", "Remove"), "danger"))});
    return cells.rows.empty() ? element("p class=\"note\"", word(reader, "キーはまだありません。",
                                                                 "There is no key yet."))
                              : table(cells);
}

}  // namespace

Markup keys_page(const Reader& reader, const std::vector<AccessKey>& keys,
                 const std::optional<NewKey>& made, std::string_view problem) {
    Markup page;
    if (!problem.empty()) page += element("p class=\"warning\" role=\"alert\"", problem);
    if (made) page += shown_once(reader, *made);
    page += element(
        "p class=\"note\"",
        word(reader,
             "Excel や Power BI などのプログラムは、アクセスキーで集計を読みます。読むことしか"
             "できません。アカウントを停止すると、そのキーも使えなくなります。",
             "Programs such as Excel or Power BI read figures by an access key. It can change "
             "nothing. Disabling an account makes its keys useless, too."));
    const Markup fields = element("div class=\"row\"",
                                  input(word(reader, "名前(何に使うか)", "Label (what it is for)"),
                                        "label", "text", "maxlength=\"60\" autocomplete=\"off\"") +
                                      button(word(reader, "キーを作る", "Make a key")));
    return page + list(reader, keys) + element("h2", word(reader, "新しいキー", "A new key")) +
           form(reader, "/keys/new", fields);
}

}  // namespace machikoe
