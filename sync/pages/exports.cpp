#include "sync/pages/exports.h"

#include <fmt/format.h>

namespace machikoe {
namespace {

struct Offer {
    std::string_view format, ja, en;
};
constexpr Offer kOffers[] = {
    {"csv", "CSV(回答と集計、ZIP)", "CSV (responses and tables, ZIP)"},
    {"jsonl", "JSON Lines(ZIP)", "JSON Lines (ZIP)"},
    {"sav", "SPSS(.sav)", "SPSS (.sav)"},
    {"package", "データパッケージ(コードブック付き、ZIP)", "Data package (with codebook, ZIP)"},
};

std::string_view name_of_format(const Reader& reader, std::string_view format) {
    for (const Offer& offer : kOffers)
        if (offer.format == format) return word(reader, offer.ja, offer.en);
    return format;
}

std::string size_of(std::uintmax_t bytes) {
    return bytes < (1u << 20) ? fmt::format("{} KB", (bytes + 1023) >> 10)
                              : fmt::format("{:.1f} MB", static_cast<double>(bytes) / (1 << 20));
}

Markup state_cell(const Reader& reader, const ExportLine& job) {
    using enum ExportLine::State;
    const std::string percent = fmt::format("{} %", job.percent);
    switch (job.state) {
        case Running:
            return element(fmt::format("progress max=\"100\" value=\"{}\"", job.percent) +
                               attribute("aria-label", word(reader, "進み具合", "Progress")),
                           percent) +
                   text(" ") + text(percent);
        case Done:
            return text(fmt::format(
                fmt::runtime(word(reader, "完了({} 件、{})", "ready ({} responses, {})")),
                number(job.responses), size_of(job.bytes)));
        case Failed:
            return element("span class=\"mark bad\"", word(reader, "失敗", "failed")) + text(" ") +
                   element("span class=\"small\"", job.trouble);
        case Cancelled:
            return element("span class=\"mark\"", word(reader, "中止", "cancelled"));
    }
    return {};
}

Markup actions(const Reader& reader, const ExportLine& job) {
    using enum ExportLine::State;
    const bool is_running = job.state == Running;
    Markup all;
    if (job.state == Done)
        all += element("a class=\"button\"" + attribute("href", "/exports/file?id=" + job.id),
                       word(reader, "ダウンロード", "Download"));
    all += form(reader, "/exports/cancel",
                hidden("id", job.id) + button(is_running ? word(reader, "中止", "Cancel")
                                                         : word(reader, "消す", "Remove"),
                                              "quiet"));
    return element("div class=\"row\"", all);
}

Markup jobs_table(const Reader& reader, const std::vector<ExportLine>& jobs) {
    Cells cells;
    cells.caption = std::string(
        word(reader, "ファイルは、できてから1時間で消えます。書き出した人だけが受け取れます。",
             "A file is deleted one hour after it was made. Only who asked for it can have it."));
    for (const auto& [ja, en] :
         {std::pair{"形式", "Format"}, {"開始", "Begun"}, {"状態", "State"}, {"操作", "Actions"}})
        cells.heads.emplace_back(word(reader, ja, en));
    cells.numeric = 4;
    bool is_running = false;
    for (const ExportLine& job : jobs) {
        is_running = is_running || job.state == ExportLine::State::Running;
        cells.rows.push_back({text(name_of_format(reader, job.format)),
                              text(local_time(job.began_ms)), state_cell(reader, job),
                              actions(reader, job)});
    }
    Markup all = table(cells);
    if (is_running)
        all += element(
            "p class=\"note\"",
            element("a href=\"/exports\"", word(reader, "今の状態を見る(3秒ごとに自動で更新)",
                                                "See how it stands (by itself every 3 seconds)")));
    return all;
}

Markup order_form(const Reader& reader) {
    Markup options;
    for (const Offer& offer : kOffers)
        options +=
            element("option" + attribute("value", offer.format), word(reader, offer.ja, offer.en));
    const Markup fields =
        element("label class=\"field\"", element("span", word(reader, "形式", "Format")) +
                                             element("select name=\"format\"", options)) +
        input(word(reader, "理由(操作の記録に残ります)", "Reason (kept in the audit log)"),
              "reason", "text", "maxlength=\"200\" autocomplete=\"off\"") +
        button(word(reader, "書き出しを始める", "Begin the export"));
    return form(reader, "/exports/start", fields, " class=\"panel\"");
}

Markup figures_list(const Reader& reader) {
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
                        "少ない人数が分かる数は入っていません。書き出しは操作の記録に残ります。",
                        "Nothing that would tell of few people is in them. Each export is kept in "
                        "the audit log.")) +
           element("ul", files);
}

}  // namespace

Markup exports_page(const Reader& reader, const ExportDesk& desk) {
    Markup page;
    if (!desk.problem.empty()) page += element("p class=\"warning\" role=\"alert\"", desk.problem);
    page += element("h2", word(reader, "集計", "Figures")) + figures_list(reader) +
            element("h2", word(reader, "1件ずつの回答", "Single responses"));
    page += element("p class=\"note\"",
                    word(reader,
                         "個人の回答が入ったファイルです。自由記述は、確認が済んだものだけが"
                         "入ります。だれが、なぜ書き出したかを記録します。",
                         "Files of individual answers. Free texts are in them only once they were "
                         "reviewed. Who exported them, and why, is kept in the audit log."));
    if (!desk.is_possible)
        return page +
               element("p class=\"warning\"", word(reader, "このサーバーでは書き出せません。",
                                                   "This server cannot export single responses."));
    if (!desk.jobs.empty()) page += jobs_table(reader, desk.jobs);
    return page + order_form(reader);
}

}  // namespace machikoe
